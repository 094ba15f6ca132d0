import { defineAgent, type AgentTask } from '../../workflow/index.ts';
import { writeTexts } from '../write-texts.ts';
import {
  Assessment,
  CATEGORIES,
  Intake,
  MemoTexts,
  PaymentRequest,
  type Intake as TakenIn,
} from './facts.ts';
import { money } from './money.ts';
import { cents, eur, SPLIT_WINDOW_DAYS } from './take-in.ts';

type Task = AgentTask<PaymentRequest, { readonly intake: TakenIn }, Assessment>;

/** Makes the proposal that a person decides about. Figures are code's in both variants; a model writes the memo only. */
export const assessmentAgent = defineAgent({
  id: 'payment-assessment',
  input: PaymentRequest,
  artifact: Assessment,
  reads: { intake: Intake },
  simulated: (task) => assessed(task, memoOf(task)),
  llm: async (task, context) =>
    assessed(
      task,
      await writeTexts(
        {
          name: 'payment-memo',
          schema: MemoTexts,
          task: 'Write a decision memo for the person who approves a payment: what it is for and what to look at.',
          facts: memoFacts(task),
          revision: task.revision,
        },
        context,
      ),
    ),
});

function assessed({ input, artifacts: { intake } }: Task, memo: MemoTexts): Assessment {
  return {
    payment: {
      reference: input.reference,
      payeeId: input.payee.id,
      payee: input.payee.name,
      iban: intake.iban,
      amount: intake.total,
      currency: 'EUR',
      purpose: input.purpose,
    },
    byCategory: categories(intake),
    mealsOfADay: largestDay(intake, 'meal'),
    dearestNight: Math.max(0, ...amountsOf(intake, 'lodging')),
    memo,
  };
}

function categories(intake: TakenIn): Assessment['byCategory'] {
  return CATEGORIES.flatMap((category) => {
    const amounts = amountsOf(intake, category);
    const total = eur(amounts.reduce((sum, amount) => sum + cents(amount), 0));
    return amounts.length === 0 ? [] : [{ category, total, lines: amounts.length }];
  });
}

function amountsOf({ lines }: TakenIn, category: string): readonly number[] {
  return lines.filter((line) => line.category === category).map(({ amount }) => amount);
}

function largestDay({ lines }: TakenIn, category: string): number {
  const days = new Map<string, number>();
  for (const { date, amount, category: other } of lines)
    if (other === category) days.set(date, (days.get(date) ?? 0) + cents(amount));
  return eur(Math.max(0, ...days.values()));
}

/** What a memo is written from. */
interface MemoFacts extends Pick<PaymentRequest, 'reference' | 'kind' | 'purpose' | 'submittedOn'> {
  readonly total: number;
  readonly available: number;
  readonly cumulative: number;
  readonly windowDays: number;
  readonly oldestDays: number;
  readonly lineCount: number;
  readonly withoutReceipt: number;
  readonly byCategory: Assessment['byCategory'];
}

/** What a memo may be written from: nobody's name, no account number, and of the ledger its sum only. */
export function memoFacts({
  input,
  artifacts: { intake },
}: Pick<Task, 'input' | 'artifacts'>): MemoFacts {
  const { reference, kind, purpose, submittedOn } = input;
  return {
    reference,
    kind,
    purpose,
    submittedOn,
    total: intake.total,
    available: intake.available,
    cumulative: intake.cumulative,
    windowDays: SPLIT_WINDOW_DAYS,
    oldestDays: intake.oldestDays,
    lineCount: intake.lines.length,
    withoutReceipt: intake.lines.filter(({ hasReceipt }) => !hasReceipt).length,
    byCategory: categories(intake),
  };
}

function memoOf(task: Task): MemoTexts {
  const facts = memoFacts(task);
  const { intake } = task.artifacts;
  const what = facts.kind === 'expense' ? 'the reimbursement of' : 'the payment of an invoice over';
  const parts = facts.byCategory.map(({ category, total }) => `${category} ${money(total)}`);
  return {
    summary: `Asked for is ${what} ${money(facts.total)}: ${facts.purpose}`,
    points: [
      `Lines: ${facts.lineCount}, of which ${parts.join(', ')}.`,
      `The budget has ${money(facts.available)} left${intake.ownCostCentre ? '' : ', of another cost centre than the requester'}.`,
      `The oldest line is ${facts.oldestDays} days old.`,
      ...(facts.withoutReceipt > 0 ? [`Without a receipt: ${facts.withoutReceipt}.`] : []),
      ...(facts.cumulative > facts.total
        ? [
            `With it, ${money(facts.cumulative)} go to this account within ${facts.windowDays} days.`,
          ]
        : []),
    ],
  };
}
