import { z } from 'zod';

import { frozenJson, type JsonValue } from '../../../../kernel/index.ts';
import { definePlugin } from '../../../contract/index.ts';
import { pureOperation } from '../../operation.ts';

const IsoDate = z.iso.date();

/** Rules of a deadline, as data. */
const Rule = z.strictObject({
  /** Days are counted from the day after the event. */
  days: z.int().positive().max(3650),
  /** `working` days leave out weekends and holidays; `calendar` days count all. */
  count: z.enum(['working', 'calendar']),
  /** Whether an end on a weekend or holiday moves to the next working day. */
  endsOnWorkingDay: z.boolean().default(true),
});

const Order = z.strictObject({
  facts: z.strictObject({
    /** The day of the event: it does not count itself. */
    eventOn: IsoDate,
    rule: Rule,
    holidays: z.array(IsoDate).max(1000).default([]),
    /** ISO week days that are free: 1 is Monday. */
    weekend: z.array(z.int().min(1).max(7)).max(6).default([6, 7]),
  }),
});
type Facts = z.infer<typeof Order>['facts'];

const Decision = z.strictObject({
  outcome: z.enum(['decided', 'undecided']),
  dueOn: IsoDate.nullable(),
  reason: z.string(),
});
const Explanation = z.strictObject({
  outcome: z.enum(['decided', 'undecided']),
  dueOn: IsoDate.nullable(),
  steps: z.array(z.strictObject({ on: IsoDate, counted: z.int(), because: z.string() })),
});

const EXAMPLES: readonly JsonValue[] = [
  {
    facts: {
      eventOn: '2026-04-01',
      rule: { days: 3, count: 'working' },
      holidays: ['2026-04-03', '2026-04-06'],
    },
  },
  { facts: { eventOn: '2026-05-02', rule: { days: 14, count: 'calendar' } } },
];
const DAY_MS = 86_400_000;
/** Where nearly every day is free there is no end. */
const MAX_STEPS = 20_000;

/**
 * Ends of deadlines, in working or calendar days, with the weekends and holidays that are given.
 *
 * @see Regulation (EEC, Euratom) No 1182/71, Article 3
 */
export const deadlines = definePlugin({
  manifest: {
    id: 'phasegate.deadlines',
    version: '1.0.0',
    kind: 'business-rule',
    title: 'Deadlines',
    description: 'Decides when a deadline ends, and shows how its days were counted.',
    publisher: 'phasegate',
    engines: { phasegate: '*' },
    permissions: {},
    limits: { outputKb: 4096 },
    contributes: {
      operations: [
        pureOperation('decide', 'Gives the last day of a deadline.', {
          input: Order,
          output: Decision,
          examples: EXAMPLES,
        }),
        pureOperation('explain', 'Gives each day of a deadline and why it counts or not.', {
          input: Order,
          output: Explanation,
          examples: EXAMPLES,
        }),
      ],
    },
  },
  execute: (operation, input) => {
    const steps = stepsOf(Order.parse(input).facts);
    const dueOn = steps.ended ? (steps.days.at(-1)?.on ?? null) : null;
    const outcome = dueOn === null ? 'undecided' : 'decided';
    if (operation === 'explain') return frozenJson({ outcome, dueOn, steps: steps.days });
    const reason = dueOn === null ? 'there are too few working days' : '';
    return { outcome, dueOn, reason };
  },
});

interface Step {
  readonly on: string;
  /** Days counted so far. */
  readonly counted: number;
  readonly because: string;
}

function stepsOf({ eventOn, rule, holidays, weekend }: Facts): {
  readonly days: Step[];
  readonly ended: boolean;
} {
  const days: Step[] = [];
  const start = Date.parse(`${eventOn}T00:00:00Z`);
  let counted = 0;
  for (let step = 1; step <= MAX_STEPS; step++) {
    const at = new Date(start + step * DAY_MS);
    const on = at.toISOString().slice(0, 10);
    const free = freeBecause({ on, weekDay: at.getUTCDay() || 7 }, { holidays, weekend });
    const counts = counted < rule.days && (rule.count === 'calendar' || free === undefined);
    if (counts) counted += 1;
    const because = counts ? 'it counts' : (free ?? 'the first working day after the end');
    days.push({ on, counted, because });
    const canEnd = free === undefined || !rule.endsOnWorkingDay;
    if (counted === rule.days && canEnd) return { days, ended: true };
  }
  return { days: days.slice(0, 100), ended: false };
}

function freeBecause(
  { on, weekDay }: { readonly on: string; readonly weekDay: number },
  { holidays, weekend }: Pick<Facts, 'holidays' | 'weekend'>,
): string | undefined {
  if (holidays.includes(on)) return 'a holiday';
  return weekend.includes(weekDay) ? 'a weekend' : undefined;
}
