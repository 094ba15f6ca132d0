import { z } from 'zod';

import { defineTrade } from '../define-trade.ts';
import { tradePhase } from '../trade.ts';
import { figuresTraced } from '../write-texts.ts';
import {
  documentApprovalAgent,
  documentCountersignAgent,
  publicationAgent,
  summaryAgent,
  summaryFacts,
} from './decide-document.ts';
import { DocumentFacts, Submission, Summary } from './facts.ts';
import { documentFiles } from './files.ts';
import { readingAgent } from './measure.ts';
import { readSubmission } from './read-submission.ts';
import pack from './rules.json' with { type: 'json' };

const summaryTraced = figuresTraced({
  id: 'document.summary-traced',
  reads: z.object({ input: Submission, artifacts: z.object({ summary: Summary }) }),
  path: 'artifacts.summary.text',
  texts: ({ artifacts: { summary } }) => [summary.text],
  sources: (facts) => summaryFacts(facts),
});

/** Documents: whole, nothing left to fill in, nobody's data in what is public, approved by somebody else. */
export const generalTrade = defineTrade({
  id: 'general',
  title: 'General',
  summary:
    "Documents: whole, nothing left to fill in, nobody's data in what is public, approved by somebody else.",
  standards: [{ id: 'custom', holds: ['CUS-09'] }, { id: 'gdpr' }],
  tags: {
    'approval -> publication': ['approval'],
    'publication -> completed': ['output'],
  },
  workflow: { id: 'document-approval', title: 'Document approval', version: 1 },
  // The template of documents that need two approvals has this id already.
  template: 'phasegate.document-publication',
  version: '1.0.0',
  input: Submission,
  rules: { pack, facts: DocumentFacts },
  phases: [
    tradePhase('reading', readingAgent),
    tradePhase('summary', summaryAgent),
    tradePhase('approval', documentApprovalAgent),
    tradePhase('publication', publicationAgent),
  ],
  besides: [tradePhase('countersign', documentCountersignAgent)],
  transitions: [
    { from: 'reading', to: 'summary', name: 'whole', warn: ['readable'] },
    {
      from: 'summary',
      to: 'approval',
      name: 'summarised',
      checks: [summaryTraced.id],
      revise: { [summaryTraced.id]: 'summary' },
      warn: ['summary-short'],
    },
    {
      from: 'approval',
      to: 'publication',
      name: 'approved',
      revise: { 'approval-decided': 'approval' },
      approval: { phase: 'approval', roles: 'approver_roles' },
    },
    { from: 'publication', to: 'completed', name: 'as approved' },
  ],
  checks: [summaryTraced],
  inputFrom: readSubmission,
  filesFrom: documentFiles,
});
