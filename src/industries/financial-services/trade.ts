import { z } from 'zod';

import { defineTrade } from '../define-trade.ts';
import { tradePhase } from '../trade.ts';
import { figuresTraced } from '../write-texts.ts';
import { approvalAgent, countersignAgent } from './approve.ts';
import { assessmentAgent, memoFacts } from './assess.ts';
import { Assessment, Intake, PaymentFacts, PaymentRequest } from './facts.ts';
import { paymentFiles } from './files.ts';
import { instructionAgent } from './instruct.ts';
import pack from './rules.json' with { type: 'json' };
import { intakeAgent } from './take-in.ts';

const memoTraced = figuresTraced({
  id: 'payment.memo-traced',
  reads: z.object({
    input: PaymentRequest,
    artifacts: z.object({ intake: Intake, assessment: Assessment }),
  }),
  path: 'artifacts.assessment.memo',
  texts: ({ artifacts: { assessment } }) => [assessment.memo.summary, ...assessment.memo.points],
  sources: (facts) => memoFacts(facts),
});

/** Expenses and payments, approved by one person or by two, never by whoever asks. */
export const financialServicesTrade = defineTrade({
  id: 'financial-services',
  title: 'Financial services',
  summary:
    'Expenses and payments: added up, held against limits, approved by one person or by two, never by whoever asks.',
  standards: [
    {
      id: 'sox',
      // The second approval is asked for above the same amount as the workflow asks for it.
      changes: { 'SOX-02': { above: { value: 10_000, currency: 'EUR' } } },
      holds: ['SOX-08'],
    },
    { id: 'pci-dss', changes: { 'PCI-12': { days: 2555 } } },
    { id: 'soc2', holds: ['SOC2-11', 'SOC2-12'] },
    { id: 'gdpr' },
  ],
  tags: {
    'intake -> assessment': ['totals'],
    'approval -> payment': ['approval'],
    'countersign -> payment': ['approval'],
    'payment -> completed': ['output'],
  },
  complianceFacts: ({ artifacts: { intake } }) =>
    intake === undefined
      ? {}
      : {
          transition: { amount: { value: intake.total, currency: 'EUR' } },
          totals: [
            {
              name: 'lines in EUR',
              in: intake.stated,
              out: intake.total,
              explained: 0,
              reference: null,
            },
          ],
        },
  workflow: { id: 'payment-approval', title: 'Payment approval', version: 1 },
  version: '1.0.0',
  input: PaymentRequest,
  rules: { pack, facts: PaymentFacts },
  parameters: {
    countersigner_roles: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      default: [],
      description: 'Roles of which the second approver must hold one; anyone where there are none',
    },
  },
  phases: [
    tradePhase('intake', intakeAgent),
    tradePhase('assessment', assessmentAgent),
    tradePhase('approval', approvalAgent),
    tradePhase('countersign', countersignAgent),
    tradePhase('payment', instructionAgent),
  ],
  transitions: [
    { from: 'intake', to: 'assessment', name: 'complete and once' },
    {
      from: 'assessment',
      to: 'approval',
      name: 'within limits',
      checks: [memoTraced.id],
      revise: { [memoTraced.id]: 'assessment' },
    },
    {
      from: 'approval',
      to: 'countersign',
      name: 'approved, and large',
      when: 'countersign-needed',
      revise: { 'approval-decided': 'approval' },
      approval: { phase: 'approval', roles: 'approver_roles' },
    },
    {
      from: 'approval',
      to: 'payment',
      name: 'approved',
      revise: { 'approval-decided': 'approval' },
      approval: { phase: 'approval', roles: 'approver_roles' },
    },
    {
      from: 'countersign',
      to: 'payment',
      name: 'countersigned',
      revise: { 'countersign-decided': 'countersign' },
      approval: { phase: 'countersign', roles: 'countersigner_roles' },
    },
    { from: 'payment', to: 'completed', name: 'as approved' },
  ],
  checks: [memoTraced],
  filesFrom: paymentFiles,
});
