import { z } from 'zod';

import { decisionAbout } from '../person-decides.ts';
import { personId } from '../person-id.ts';

const Text = z.string().trim().min(1).max(500);
const Day = z.iso.date();
const Id = z.string().trim().min(1).max(100);
const PersonId = personId(Id);
const Iban = z.string().trim().min(15).max(42);
const Eur = z.number().min(0).max(1_000_000_000).meta({ unit: 'EUR' });
const SignedEur = z.number().meta({ unit: 'EUR' });
const Days = z.int().meta({ unit: 'days' });
export const CATEGORIES = ['travel', 'lodging', 'meal', 'equipment', 'service', 'other'] as const;
const Category = z.enum(CATEGORIES);

/** Kept under a key of that person's own, which an erasure destroys. */
const ofRequester = { sensitive: true, subject: 'requester.id' };
const ofPayee = { sensitive: true, subject: 'payee.id' };

/** A request to be paid: an employee's expenses, or a supplier's invoice. Amounts have at most two decimals. */
export const PaymentRequest = z.strictObject({
  reference: Id,
  kind: z.enum(['expense', 'invoice']),
  /** Who asks; the account that they act under, as approvers' accounts are written. */
  requester: z.strictObject({ id: PersonId, name: Text.meta(ofRequester), costCentre: Id }),
  submittedOn: Day,
  purpose: Text.meta(ofRequester),
  payee: z.strictObject({
    id: PersonId,
    name: Text.meta(ofPayee),
    iban: Iban.meta(ofPayee),
  }),
  /** What the requester says that it is in all. */
  total: Eur,
  lines: z
    .array(
      z.strictObject({
        id: Id,
        date: Day,
        category: Category,
        description: Text.meta(ofRequester),
        amount: z.number().min(0).max(1_000_000_000),
        currency: z.string().regex(/^[A-Z]{3}$/),
        /** Euros for one unit of the currency; 1 for EUR. */
        rate: z.number().positive().max(10_000),
        amountEur: Eur,
        /** Number of the receipt; empty where there is none. */
        receipt: z.string().trim().max(100),
      }),
    )
    .min(1)
    .max(500),
  budget: z.strictObject({ costCentre: Id, available: Eur }),
  /** What was paid before, as the ledger has it: duplicates and split requests are found by it. */
  ledger: z
    .array(z.strictObject({ receipt: z.string(), iban: Iban, paidOn: Day, amount: Eur }))
    .max(5000)
    // Accounts of whomever: it does not say whose.
    .meta({ sensitive: true }),
});
export type PaymentRequest = z.infer<typeof PaymentRequest>;

/** The request as it was found: sums, dates in days, and what does not fit. */
export const Intake = z.strictObject({
  requester: Id,
  /** As the request names them. */
  payeeId: PersonId,
  payeeIsRequester: z.boolean(),
  /** Without spaces, in capitals. */
  iban: z.string().meta({ sensitive: true, subject: 'payeeId' }),
  accountValid: z.boolean(),
  lines: z.array(
    z.strictObject({
      id: Id,
      date: Day,
      category: Category,
      amount: Eur,
      hasReceipt: z.boolean(),
      /** Amount by rate gives the amount in EUR, to the cent. */
      converted: z.boolean(),
    }),
  ),
  total: Eur,
  stated: Eur,
  available: Eur,
  ownCostCentre: z.boolean(),
  /** Days before the request that the oldest and the newest line lie; below 0 for the future. */
  oldestDays: Days,
  newestDays: Days,
  /** Receipts that stand in the request twice or were paid before. */
  repeated: z.array(z.string()),
  /** Paid to the same account in the 30 days before the request, with this one. */
  cumulative: Eur,
});
export type Intake = z.infer<typeof Intake>;

/** A payment as it stands in an artifact: marks name their person from the artifact's top, `at` is the way down from there. */
function paymentAt(at: '' | 'payment.' | 'subject.') {
  const mark = { sensitive: true, subject: `${at}payeeId` };
  return z.strictObject({
    reference: Id,
    payeeId: PersonId,
    payee: Text.meta(mark),
    iban: z.string().meta(mark),
    amount: Eur,
    currency: z.literal('EUR'),
    purpose: Text.meta(mark),
  });
}

/** What would be paid: exactly this is approved. */
export const Payment = paymentAt('subject.');
export type Payment = z.infer<typeof Payment>;

/** What the decision memo says in words: of the request, and of nobody by name. */
export const MemoTexts = z.strictObject({
  summary: z.string().min(1).max(2000),
  points: z.array(z.string().min(1).max(500)).min(1).max(12),
});
export type MemoTexts = z.infer<typeof MemoTexts>;

/** The proposal that a person decides about, with what the rules look at. */
export const Assessment = z.strictObject({
  payment: paymentAt('payment.'),
  byCategory: z.array(z.strictObject({ category: Category, total: Eur, lines: z.int() })),
  /** The largest sum of one day's meals. */
  mealsOfADay: Eur,
  /** The dearest night. */
  dearestNight: Eur,
  memo: MemoTexts.meta({ sensitive: true, subject: 'payment.payeeId' }),
});
export type Assessment = z.infer<typeof Assessment>;

/** A decision about a payment. */
export const PaymentDecision = decisionAbout(Payment);

/** The instruction that goes to the bank's side, and who stands behind it. */
export const Instruction = z.strictObject({
  ...paymentAt('').shape,
  approvals: z.array(
    z.strictObject({ phase: z.string(), by: Id, kind: z.string(), at: z.string() }),
  ),
  /** Approved below what was asked for; 0 unless an approver lowered it. */
  reducedBy: SignedEur,
  memo: MemoTexts.meta({ sensitive: true, subject: 'payeeId' }),
});
export type Instruction = z.infer<typeof Instruction>;

/** What rules and checks may read. */
export const PaymentFacts = z.object({
  input: PaymentRequest,
  artifacts: z.object({
    intake: Intake.optional(),
    assessment: Assessment.optional(),
    approval: PaymentDecision.optional(),
    countersign: PaymentDecision.optional(),
    payment: Instruction.optional(),
  }),
});
