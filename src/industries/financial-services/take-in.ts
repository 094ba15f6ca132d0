import { scanText } from '../../privacy/index.ts';
import { defineAgent } from '../../workflow/index.ts';
import { comparableId } from '../person-decides.ts';
import { Intake, PaymentRequest } from './facts.ts';

const DAY_MS = 86_400_000;
/** Payments to one account within so many days before a request count together with it. */
export const SPLIT_WINDOW_DAYS = 30;

/** Reads a request: adds it up, and says what does not fit. It decides nothing. */
export const intakeAgent = defineAgent({
  id: 'payment-intake',
  input: PaymentRequest,
  artifact: Intake,
  reads: {},
  simulated: ({ input }) => takeIn(input),
});

function takeIn(request: PaymentRequest): Intake {
  const { requester, payee, lines, ledger, budget, submittedOn } = request;
  const iban = plainIban(payee.iban);
  const ages = lines.map(({ date }) => daysBetween(date, submittedOn));
  const total = eur(lines.reduce((sum, { amountEur }) => sum + cents(amountEur), 0));
  return {
    requester: comparableId(requester.id),
    payeeId: payee.id,
    payeeIsRequester: comparableId(payee.id) === comparableId(requester.id),
    iban,
    accountValid: isIban(iban),
    lines: lines.map(({ id, date, category, amount, rate, amountEur, receipt }) => ({
      id,
      date,
      category,
      amount: amountEur,
      hasReceipt: receipt !== '',
      converted: Math.abs(cents(amount * rate) - cents(amountEur)) <= 1,
    })),
    total,
    stated: request.total,
    available: budget.available,
    ownCostCentre: budget.costCentre === requester.costCentre,
    oldestDays: Math.max(...ages),
    newestDays: Math.min(...ages),
    repeated: repeatedReceipts(request),
    cumulative: eur(
      ledger
        .filter((paid) => plainIban(paid.iban) === iban && isRecent(paid.paidOn, submittedOn))
        .reduce((sum, { amount }) => sum + cents(amount), cents(total)),
    ),
  };
}

/** Gives an amount as whole cents, which can be added without losing any. */
export function cents(amount: number): number {
  return Math.round(amount * 100);
}

/** Gives whole cents as an amount. */
export function eur(wholeCents: number): number {
  return wholeCents / 100;
}

function repeatedReceipts({ lines, ledger }: PaymentRequest): string[] {
  const receipts = lines.flatMap(({ receipt }) => (receipt === '' ? [] : [receipt]));
  const paid = new Set(ledger.map(({ receipt }) => receipt));
  const repeated = receipts.filter(
    (receipt, index) => paid.has(receipt) || receipts.indexOf(receipt) !== index,
  );
  return [...new Set(repeated)];
}

function plainIban(iban: string): string {
  return iban.replaceAll(/\s/g, '').toUpperCase();
}

/** An account number whose country, length and check digits fit, and nothing besides. */
function isIban(iban: string): boolean {
  return scanText(iban, { types: ['IBAN_CODE'], label: 'iban' }).some(
    ({ start, end }) => start === 0 && end === iban.length,
  );
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

function isRecent(paidOn: string, submittedOn: string): boolean {
  const days = daysBetween(paidOn, submittedOn);
  return days >= 0 && days <= SPLIT_WINDOW_DAYS;
}
