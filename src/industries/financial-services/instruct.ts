import { defineAgent } from '../../workflow/index.ts';
import { Assessment, Instruction, Intake, PaymentDecision, PaymentRequest } from './facts.ts';
import { cents, eur } from './take-in.ts';

/** Makes the instruction of what was approved. It pays nothing: whoever takes the file does. */
export const instructionAgent = defineAgent({
  id: 'payment-instruction',
  input: PaymentRequest,
  artifact: Instruction,
  // Below the threshold nobody countersigns.
  reads: {
    intake: Intake,
    assessment: Assessment,
    approval: PaymentDecision,
    countersign: PaymentDecision.optional(),
  },
  simulated: ({ artifacts: { intake, assessment, approval, countersign } }): Instruction => ({
    ...approval.subject,
    approvals: Object.entries({ approval, countersign }).flatMap(([phase, given]) =>
      given === undefined ? [] : [{ phase, by: given.by.id, kind: given.by.kind, at: given.at }],
    ),
    reducedBy: eur(cents(intake.total) - cents(approval.subject.amount)),
    memo: assessment.memo,
  }),
});
