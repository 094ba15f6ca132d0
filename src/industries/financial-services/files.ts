import type { JsonValue } from '../../kernel/index.ts';
import { inlineText, markdownTable } from '../../workflow/index.ts';
import type { TradeFile } from '../trade.ts';
import { jsonFile } from '../write-texts.ts';
import { Instruction } from './facts.ts';
import { money } from './money.ts';

/** Gives the payment instruction as JSON, and the memo of the decision for the file. */
export function paymentFiles(artifacts: Readonly<Record<string, JsonValue>>): readonly TradeFile[] {
  const { memo, approvals, reducedBy, ...payment } = Instruction.parse(artifacts['payment']);
  const by = approvals.map(({ phase, by: id, kind, at }) => [phase, inlineText(id), kind, at]);
  const lines = [
    `# Decision about payment ${inlineText(payment.reference)}`,
    inlineText(memo.summary),
    memo.points.map((point) => `- ${inlineText(point)}`).join('\n'),
    `**Approved: ${money(payment.amount)}** to ${inlineText(payment.payee)}, account ${inlineText(payment.iban)}.`,
    ...(reducedBy > 0 ? [`${money(reducedBy)} less than was asked for.`] : []),
    markdownTable(['phase', 'approved by', 'as', 'at (UTC)'], by),
  ];
  return [
    { path: 'payment.json', content: jsonFile({ ...payment, approvals }) },
    { path: 'decision.md', content: `${lines.join('\n\n')}\n` },
  ];
}
