import { defineTrade } from '../define-trade.ts';
import { tradePhase } from '../trade.ts';
import { loweringAgent, releaseAgent, reviewAgent } from './approve-release.ts';
import { RecordsFacts, RecordsRequest } from './facts.ts';
import { releaseFiles } from './files.ts';
import { redactionAgent } from './redact-records.ts';
import { responseAgent } from './respond.ts';
import pack from './rules.json' with { type: 'json' };
import { scopingAgent } from './scope-request.ts';
import { redactionWithholds, releaseWithholds, responseTraced } from './withheld.ts';

/** Requests for records: in time, labelled, each withholding with its ground, labels lowered by two persons. */
export const governmentTrade = defineTrade({
  id: 'government',
  title: 'Government',
  summary:
    'Requests for records: in time, labelled, each withholding with its ground, labels lowered by two.',
  standards: [
    // Where labels are lowered, the workflow's own rules ask for the second approval; nowhere else is there one.
    { id: 'fisma', changes: { 'FISMA-02': { n: 1 } }, holds: ['FISMA-17'] },
    { id: 'iso27001' },
  ],
  tags: {
    'review -> release': ['approval'],
    'lowering -> release': ['approval'],
    'release -> completed': ['output'],
  },
  workflow: { id: 'records-request', title: 'Records request', version: 1 },
  version: '1.0.0',
  input: RecordsRequest,
  rules: { pack, facts: RecordsFacts },
  parameters: {
    lowering_roles: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      default: [],
      description:
        'Roles of which whoever lowers a label must hold one; anyone where there are none',
    },
  },
  phases: [
    tradePhase('scoping', scopingAgent),
    tradePhase('redaction', redactionAgent),
    tradePhase('response', responseAgent),
    tradePhase('review', reviewAgent),
    tradePhase('lowering', loweringAgent),
    tradePhase('release', releaseAgent),
  ],
  transitions: [
    { from: 'scoping', to: 'redaction', name: 'in time and labelled' },
    {
      from: 'redaction',
      to: 'response',
      name: 'grounded',
      checks: [redactionWithholds.id],
    },
    {
      from: 'response',
      to: 'review',
      name: 'traced',
      checks: [responseTraced.id],
      revise: { [responseTraced.id]: 'response' },
    },
    {
      from: 'review',
      to: 'lowering',
      name: 'approved, with labels to lower',
      when: 'lowers-labels',
      revise: { 'review-decided': 'review' },
      approval: { phase: 'review', roles: 'approver_roles' },
    },
    {
      from: 'review',
      to: 'release',
      name: 'approved',
      revise: { 'review-decided': 'review' },
      approval: { phase: 'review', roles: 'approver_roles' },
    },
    {
      from: 'lowering',
      to: 'release',
      name: 'labels lowered',
      revise: { 'lowering-decided': 'lowering' },
      approval: { phase: 'lowering', roles: 'lowering_roles' },
    },
    { from: 'release', to: 'completed', name: 'as approved', checks: [releaseWithholds.id] },
  ],
  checks: [redactionWithholds, responseTraced, releaseWithholds],
  filesFrom: releaseFiles,
});
