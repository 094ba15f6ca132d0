import type { Requirements } from '../../requirements/artifact.ts';
import type { SequenceStep, Strategy } from '../artifact.ts';
import { calendarOf, daysBetween, type Calendar } from './calendar.ts';
import { figureKeys, figuresIn } from './figures.ts';
import { forbiddenPhrases } from './forbidden-phrases.ts';
import { citables, textsOf } from './known-ids.ts';
import { planTexts, planTraces } from './plan-texts.ts';
import { isSupportedAction } from './supported-action.ts';

/** A plan and what it was made from. */
export interface PlanFacts {
  readonly requirements: Requirements;
  readonly strategy: Strategy;
}

/** Where a plan breaks a rule, as paths within the plan; empty when it keeps it. */
export type Breaches = readonly string[];

/** Traces that lead nowhere, and one segment or step planned under two names. */
export function breachesOfTracing({ requirements, strategy }: PlanFacts): Breaches {
  const known = citables(requirements);
  return planTraces(strategy)
    .filter(({ ids }) => ids.some((id) => !known.has(id)))
    .map(({ path }) => path);
}

/** Segments of the requirements that get no message or no email, and segments that nobody asked for. */
export function breachesOfCoverage({ requirements, strategy }: PlanFacts): Breaches {
  const wanted = new Set(requirements.audience.map(({ id }) => id));
  const planned = strategy.segments.map(({ id }) => id);
  const mailed = new Set(strategy.sequence.flatMap(({ segments }) => segments));
  const places = firstPlaces(planned);
  const left = [...wanted].some((id) => !places.has(id) || !mailed.has(id));
  const unknown = planned.flatMap((id, index) =>
    wanted.has(id) && places.get(id) === index ? [] : [`segments[${index}].id`],
  );
  const steps = strategy.sequence.flatMap(({ segments }, index) =>
    segments.every((id) => places.has(id)) ? [] : [`sequence[${index}].segments`],
  );
  return [...(left ? ['segments'] : []), ...unknown, ...steps];
}

/** Emails that go out after a deadline, or of which nobody can tell whether they do. */
export function breachesOfDeadlines({ requirements, strategy }: PlanFacts): Breaches {
  const calendar = calendarOf(requirements);
  let latestBegin = Number.NEGATIVE_INFINITY;
  return strategy.sequence.flatMap((step, index) => {
    const begin = latestBeginOf(step);
    const sound =
      keepsDates(step, calendar) &&
      opensInTime(step, index, calendar) &&
      (begin === undefined || begin >= latestBegin);
    latestBegin = Math.max(latestBegin, begin ?? latestBegin);
    return sound ? [] : [`sequence[${index}].notAfter`];
  });
}

function keepsDates(step: SequenceStep, { closings, lastMailing, offerEnds }: Calendar): boolean {
  const last = closings.at(-1);
  if (last === undefined) return step.purpose !== 'last-call';
  if (step.notAfter === null) return false;
  const bound = closings.filter(({ id }) => step.traces.includes(id));
  const press = step.purpose === 'last-call' ? [offerEnds] : [];
  const limits = [lastMailing, ...press].filter((date) => date !== undefined);
  const dates = [...[last, ...bound].map(({ date }) => date), ...limits];
  const { notAfter } = step;
  return dates.every((date) => daysBetween(notAfter, date) >= 0);
}

function opensInTime(
  step: SequenceStep,
  index: number,
  { opening, closings, reminders }: Calendar,
): boolean {
  if (opening === undefined)
    return step.notAfter === null || closings.length + reminders.length > 0;
  if (index > 0) return true;
  return step.notAfter !== null && daysBetween(step.notAfter, opening.date) >= 0;
}

/**
 * The last day on which the campaign may begin for `step` to keep its date, counted from a fixed day. Emails before a step
 * that go out as late as they may leave it time as long as none of them may begin later.
 */
function latestBeginOf({ notAfter, dayOffset }: SequenceStep): number | undefined {
  return notAfter === null ? undefined : daysBetween('1970-01-01', notAfter) - dayOffset;
}

/**
 * Texts that say what must not be said, or hold a figure that the requirements do not hold, and a call to action that
 * promises what the brief's does not.
 */
export function breachesOfConstraints({ requirements, strategy }: PlanFacts): Breaches {
  const forbidden = forbiddenPhrases(requirements.constraints);
  const held = figureKeys(textsOf(requirements));
  const breaches = planTexts(strategy)
    .filter(
      ({ text, label }) =>
        figuresIn(text).some(({ key }) => !held.has(key)) ||
        (!label && forbidden.saidIn(text).length > 0),
    )
    .map(({ path }) => path);
  const supported = isSupportedAction(strategy.callToAction.text, requirements);
  return [...new Set([...breaches, ...(supported ? [] : ['callToAction.text'])])];
}

/** Emails out of order: ids used twice, a first day other than 0, a day before the one of the email before. */
export function breachesOfOrder({ strategy: { sequence } }: PlanFacts): Breaches {
  const places = firstPlaces(sequence.map(({ id }) => id));
  return sequence.flatMap(({ id, dayOffset }, index) => {
    const before = sequence[index - 1];
    const inOrder = before === undefined ? dayOffset === 0 : dayOffset >= before.dayOffset;
    return [
      ...(places.get(id) === index ? [] : [`sequence[${index}].id`]),
      ...(inOrder ? [] : [`sequence[${index}].dayOffset`]),
    ];
  });
}

function firstPlaces(ids: readonly string[]): ReadonlyMap<string, number> {
  // The last entry of a key wins, so the first place has to come last.
  return new Map(ids.map((id, index) => [id, index] as const).toReversed());
}
