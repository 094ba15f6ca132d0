import { z } from 'zod';

import { defineTrade } from '../define-trade.ts';
import { tradePhase } from '../trade.ts';
import { figuresTraced } from '../write-texts.ts';
import { capaApprovalAgent, capaReportAgent } from './approve-capa.ts';
import { containmentAgent, samplingAgent } from './contain.ts';
import { Capa, Containment, Deviation, DeviationFacts, Sampling } from './facts.ts';
import { capaFiles } from './files.ts';
import { capaAgent, capaFacts } from './plan-capa.ts';
import pack from './rules.json' with { type: 'json' };

const capaTraced = figuresTraced({
  id: 'deviation.capa-traced',
  reads: z.object({
    input: Deviation,
    artifacts: z.object({ containment: Containment, sampling: Sampling, capa: Capa }),
  }),
  path: 'artifacts.capa.plan.texts',
  texts: ({ artifacts: { capa } }) => Object.values(capa.plan.texts),
  sources: (facts) => capaFacts(facts),
});

/** Quality deviations: the machine stands still where somebody could be hurt, the lot is judged by a plan, the cause goes. */
export const manufacturingTrade = defineTrade({
  id: 'manufacturing',
  title: 'Manufacturing',
  summary:
    'Quality deviations: the machine stands still where somebody could be hurt, the lot is judged by a sampling plan, the cause goes.',
  standards: [
    { id: 'iso27001' },
    { id: 'soc2', holds: ['SOC2-11'] },
    { id: 'custom', holds: ['CUS-09'] },
  ],
  tags: {
    'approval -> report': ['approval'],
    'report -> completed': ['output'],
  },
  workflow: { id: 'quality-deviation', title: 'Quality deviation', version: 1 },
  version: '1.0.0',
  input: Deviation,
  rules: { pack, facts: DeviationFacts },
  phases: [
    tradePhase('containment', containmentAgent),
    tradePhase('sampling', samplingAgent),
    tradePhase('capa', capaAgent),
    tradePhase('approval', capaApprovalAgent),
    tradePhase('report', capaReportAgent),
  ],
  transitions: [
    { from: 'containment', to: 'sampling', name: 'safe and contained' },
    { from: 'sampling', to: 'capa', name: 'sampled' },
    {
      from: 'capa',
      to: 'approval',
      name: 'corrected and prevented',
      checks: [capaTraced.id],
      revise: { [capaTraced.id]: 'capa' },
    },
    {
      from: 'approval',
      to: 'report',
      name: 'approved by a person',
      revise: { 'approval-decided': 'approval' },
      approval: { phase: 'approval', roles: 'approver_roles' },
    },
    { from: 'report', to: 'completed', name: 'as approved' },
  ],
  checks: [capaTraced],
  filesFrom: capaFiles,
});
