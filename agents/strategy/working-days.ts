import { z } from 'zod';

import type { AgentTools } from '../../src/workflow/index.ts';
import type { Requirements } from '../requirements/artifact.ts';
import type { Strategy } from './artifact.ts';
import { breachesOfDeadlines, breachesOfOrder } from './judging/judge-plan.ts';

/** The operation that says which days count. */
export const DAYS = 'phasegate.deadlines/explain';
const DAY_MS = 86_400_000;
/** From so many days before, so many working days reach the day itself, whichever weekday it is. */
const DAYS_BACK = 8;
const WORKING_DAYS = 6;

const Days = z.object({
  steps: z.array(z.object({ on: z.iso.date(), counted: z.number() })),
});

/**
 * Lets no send window end on a day on which nobody works, where the rules of deadlines are at hand: the last day moves to the
 * working day before. A plan that would break a deadline or its order by that stays as it is.
 */
export async function onWorkingDays(
  strategy: Strategy,
  requirements: Requirements,
  tools: Pick<AgentTools, 'call'>,
): Promise<Strategy> {
  const dates = new Set(strategy.sequence.map(({ notAfter }) => notAfter));
  const moved = new Map<string, string>();
  for (const date of dates) {
    if (date === null) continue;
    // A handful of dates; one after the other, so that the record of the calls is the same each time.
    // oxlint-disable-next-line no-await-in-loop
    const working = await workingDayUntil(date, tools);
    if (working !== undefined && working !== date) moved.set(date, working);
  }
  if (moved.size === 0) return strategy;
  const sequence = strategy.sequence.map((step) => ({
    ...step,
    notAfter: step.notAfter === null ? null : (moved.get(step.notAfter) ?? step.notAfter),
  }));
  const facts = { requirements, strategy: { ...strategy, sequence } };
  const breaches = [...breachesOfDeadlines(facts), ...breachesOfOrder(facts)];
  return breaches.length === 0 ? facts.strategy : strategy;
}

/** The last working day that is not after `date`; undefined where nobody can say. */
async function workingDayUntil(
  date: string,
  tools: Pick<AgentTools, 'call'>,
): Promise<string | undefined> {
  const eventOn = new Date(Date.parse(date) - DAYS_BACK * DAY_MS).toISOString().slice(0, 10);
  const rule = { days: WORKING_DAYS, count: 'working' };
  const days = Days.safeParse(await tools.call(DAYS, { facts: { eventOn, rule } }));
  if (!days.success) return undefined;
  const { steps } = days.data;
  const counting = steps.filter(({ counted }, index) => counted > (steps[index - 1]?.counted ?? 0));
  return counting.findLast(({ on }) => on <= date)?.on;
}
