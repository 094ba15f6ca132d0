import { z } from 'zod';

import { defineTrade } from '../define-trade.ts';
import { tradePhase } from '../trade.ts';
import { figuresTraced } from '../write-texts.ts';
import { analysisAgent } from './analyse-change.ts';
import { boardAgent, changeApprovalAgent, changeRecordAgent } from './approve-change.ts';
import { Analysis, Change, ChangeFacts, Plan } from './facts.ts';
import { changeFiles } from './files.ts';
import { changeFacts, planAgent } from './plan-deployment.ts';
import pack from './rules.json' with { type: 'json' };

const planTraced = figuresTraced({
  id: 'change.plan-traced',
  reads: z.object({
    input: Change,
    artifacts: z.object({ analysis: Analysis, plan: Plan }),
  }),
  path: 'artifacts.plan.deployment.texts',
  texts: ({ artifacts: { plan } }) => Object.values(plan.deployment.texts),
  sources: (facts) => {
    const told = changeFacts(facts);
    // How many there are may be told, too.
    return [told, told.analysis.files.length, told.change.rollback.length];
  },
});

/** Changes and deployments: whole, tested as they are, with a way back, approved by somebody else. */
export const technologyTrade = defineTrade({
  id: 'technology',
  title: 'Technology',
  summary:
    'Changes and deployments: whole, tested as they are, with a way back, approved by somebody else.',
  standards: [{ id: 'soc2', holds: ['SOC2-11'] }, { id: 'iso27001' }, { id: 'gdpr' }],
  tags: {
    'approval -> record': ['approval'],
    'board -> record': ['approval'],
    'record -> completed': ['output'],
  },
  workflow: { id: 'change-approval', title: 'Change approval', version: 1 },
  version: '1.0.0',
  input: Change,
  rules: { pack, facts: ChangeFacts },
  parameters: {
    board_roles: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      default: [],
      description:
        'Roles of which a member of the change board must hold one; anyone where there are none',
    },
  },
  phases: [
    tradePhase('analysis', analysisAgent),
    tradePhase('plan', planAgent),
    tradePhase('approval', changeApprovalAgent),
    tradePhase('board', boardAgent),
    tradePhase('record', changeRecordAgent),
  ],
  transitions: [
    { from: 'analysis', to: 'plan', name: 'whole and tested' },
    {
      from: 'plan',
      to: 'approval',
      name: 'planned',
      checks: [planTraced.id],
      revise: { [planTraced.id]: 'plan' },
    },
    {
      from: 'approval',
      to: 'board',
      name: 'approved, and risky or urgent',
      when: 'needs-board',
      revise: { 'approval-decided': 'approval' },
      approval: { phase: 'approval', roles: 'approver_roles' },
    },
    {
      from: 'approval',
      to: 'record',
      name: 'approved',
      revise: { 'approval-decided': 'approval' },
      approval: { phase: 'approval', roles: 'approver_roles' },
    },
    {
      from: 'board',
      to: 'record',
      name: 'approved by the board',
      revise: { 'board-decided': 'board' },
      approval: { phase: 'board', roles: 'board_roles' },
    },
    { from: 'record', to: 'completed', name: 'as approved' },
  ],
  checks: [planTraced],
  filesFrom: changeFiles,
});
