import { inlineText, markdownTable } from '../../workflow/index.ts';
import { personDecides } from '../person-decides.ts';
import {
  Assessment,
  Intake,
  Payment,
  PaymentDecision,
  PaymentRequest,
  type Assessment as Assessed,
  type Intake as TakenIn,
} from './facts.ts';
import { money } from './money.ts';

const reads = { intake: Intake, assessment: Assessment };

/** Lets a person decide about the payment. */
export const approvalAgent = personDecides({
  id: 'payment-approval',
  input: PaymentRequest,
  reads,
  subject: Payment,
  action: 'approve-payment',
  shown: ({ input, artifacts: { intake, assessment } }) => ({
    subject: assessment.payment,
    description: [
      `# Payment ${inlineText(input.reference)}`,
      proposal(input, intake, assessment),
      'Approve it unless you asked for it. The amount may be lowered by an edit, nothing else changes.',
    ].join('\n\n'),
  }),
});

/** Lets a second person decide about what the first one approved. */
export const countersignAgent = personDecides({
  id: 'payment-countersign',
  input: PaymentRequest,
  reads: { ...reads, approval: PaymentDecision },
  subject: Payment,
  action: 'countersign-payment',
  shown: ({ input, artifacts: { intake, assessment, approval } }) => ({
    subject: approval.subject,
    description: [
      `# Countersign payment ${inlineText(input.reference)}`,
      `${inlineText(approval.by.id)} approved ${money(approval.subject.amount)}. A second person has to agree, with exactly that.`,
      proposal(input, intake, assessment),
    ].join('\n\n'),
  }),
});

function proposal(request: PaymentRequest, intake: TakenIn, { memo, payment }: Assessed): string {
  const amounts = new Map(intake.lines.map(({ id, amount }) => [id, amount]));
  const rows = request.lines.map(({ id, date, category, description, receipt }) => [
    date,
    category,
    inlineText(description, 80),
    receipt === '' ? 'none' : inlineText(receipt, 40),
    money(amounts.get(id) ?? 0),
  ]);
  const { requester } = request;
  return [
    `Requested by ${inlineText(requester.name)} (${inlineText(requester.id)}).`,
    inlineText(memo.summary),
    memo.points.map((point) => `- ${inlineText(point)}`).join('\n'),
    markdownTable(['date', 'category', 'what', 'receipt', 'amount'], rows),
    `**${money(payment.amount)}** to ${inlineText(payment.payee)}, account ${inlineText(payment.iban)}.`,
  ].join('\n\n');
}
