import { daysBetween, type DatedDeadline } from '../../judging/calendar.ts';
import type { Slot } from './slot.ts';
import { lastDayOf, onReminderDates } from './set-days.ts';
import type { Purpose } from '../../phrases/phrases.ts';
import { emailCount } from './email-count.ts';
import type { Material } from '../gather-material.ts';

/** The emails of a sequence, and what decided how many they are. */
export interface Slots {
  readonly slots: readonly Slot[];
  /** The fact that says how many emails there are, if the brief says it. */
  readonly countedBy: string | undefined;
  /** Whether the time between start and deadline was too short for the usual distances. */
  readonly tight: boolean;
  /** Whether there are fewer than the brief wishes, because they would have to go out on one day. */
  readonly fewer: boolean;
}

const ORDER: readonly Purpose[] = ['announce', 'explain', 'remind', 'follow-up', 'last-call'];
/** Given up first when a sequence must be shorter; a second explanation goes before any of these. */
const GIVEN_UP: readonly Purpose[] = ['remind', 'follow-up', 'explain', 'last-call'];
const USUAL_DAYS: Readonly<Record<Purpose, number>> = {
  announce: 0,
  explain: 3,
  remind: 4,
  'follow-up': 7,
  'last-call': 3,
};
const MANY_POINTS = 5;
const LEAST_DAYS_APART = 2;
/** What the brief asks for may come closer together than what we plan of ourselves. */
const LEAST_DAYS_IF_WISHED = 1;

/** Decides how many emails go out, what for, and how many days apart. */
export function chooseSlots(material: Material): Slots {
  const first = material.calendar.closings[0];
  const counted = countFromBrief(material);
  const later = counted?.count === 1 ? undefined : laterClosing(material);
  const reserved = later === undefined ? 0 : 1;
  const usual = usualPurposes(material);
  const wanted =
    counted === undefined
      ? usual
      : withReminders(ofCount(usual, counted.count - reserved, material), counted.reminders);
  const reminded = withReminderDates(wanted, material, counted === undefined);
  const timed = timedWithin(reminded, material, {
    days: windowDays(material),
    least: counted === undefined ? LEAST_DAYS_APART : LEAST_DAYS_IF_WISHED,
  });
  const spread = timed.offsets.map((dayOffset, index) => ({
    purpose: timed.purposes[index] ?? 'announce',
    dayOffset,
    closing: first,
  }));
  const slots = onReminderDates(spread, material.calendar);
  const lastDay = slots.at(-1)?.dayOffset ?? 0;
  const extra =
    later === undefined
      ? []
      : [
          {
            purpose: 'last-call' as const,
            dayOffset: lastDay + later.days,
            closing: later.closing,
          },
        ];
  const fewer = timed.purposes.length < reminded.length && counted !== undefined;
  return { slots: [...slots, ...extra], countedBy: counted?.id, tight: timed.tight, fewer };
}

/** As many reminders as the brief sets days for; more emails only where it does not say how many. */
function withReminderDates(
  purposes: readonly Purpose[],
  { calendar: { reminders } }: Material,
  mayAdd: boolean,
): readonly Purpose[] {
  if (!mayAdd) return withReminders(purposes, reminders.length);
  const have = purposes.filter((purpose) => purpose === 'remind').length;
  const more = reminders.slice(have).map((): Purpose => 'remind');
  return inOrder([...purposes, ...more]);
}

/**
 * The last closing, when it comes after the first: it gets a last call of its own, unless the offer has ended by then or no email
 * goes out any more.
 */
function laterClosing({ calendar }: Material): LaterClosing | undefined {
  const { closings, lastMailing, offerEnds } = calendar;
  const [first] = closings;
  const closing = closings.findLast(({ date }) =>
    [lastMailing, offerEnds].every((end) => end === undefined || daysBetween(date, end) >= 0),
  );
  if (first === undefined || closing === undefined) return undefined;
  const days = daysBetween(first.date, closing.date);
  return days > 0 ? { closing, days } : undefined;
}

interface LaterClosing {
  readonly closing: DatedDeadline;
  /** Days after the first closing. */
  readonly days: number;
}

/** Days between the start and the day before the first closing; undefined when the brief does not say both. */
function windowDays({ calendar }: Material): number | undefined {
  const { opening } = calendar;
  const last = lastDayOf(calendar, calendar.closings[0]);
  if (opening === undefined || last === undefined) return undefined;
  return Math.max(0, daysBetween(opening.date, last));
}

/** Takes one purpose out of a sequence, the one that is missed least; the first email stays. */
export function withoutLeastNeeded(purposes: readonly Purpose[]): readonly Purpose[] {
  const index = leastNeeded(purposes);
  return index === undefined ? purposes : purposes.toSpliced(index, 1);
}

/** The place of the email that is missed least; undefined when only the first one is left. */
export function leastNeeded(purposes: readonly Purpose[]): number | undefined {
  if (purposes.length < 2) return undefined;
  if (purposes.filter((purpose) => purpose === 'explain').length > 1)
    return purposes.lastIndexOf('explain');
  const given = GIVEN_UP.find((purpose) => purposes.lastIndexOf(purpose) > 0);
  if (given === undefined) return purposes.length - 1;
  // Of two last calls the earlier one goes: the later one stands at the end of everything.
  return given === 'last-call' ? purposes.indexOf(given, 1) : purposes.lastIndexOf(given);
}

function usualPurposes({ points, offer, kind, regulated, calendar }: Material): readonly Purpose[] {
  const purposes: Purpose[] = ['announce'];
  const told = points.length + (offer === undefined ? 0 : 1);
  if (regulated || points.length > 1 || (kind === 'inform' && told > 1)) purposes.push('explain');
  if (points.length >= MANY_POINTS) purposes.push('explain');
  if (calendar.closings.length > 0) {
    if (told > 1) purposes.push('remind');
    return [...purposes, 'last-call'];
  }
  return told > 1 ? [...purposes, 'follow-up'] : purposes;
}

/** `purposes`, given up or added to until there are `count`. */
function ofCount(
  purposes: readonly Purpose[],
  count: number,
  material: Material,
): readonly Purpose[] {
  let sequence = purposes;
  while (sequence.length > Math.max(1, count)) sequence = withoutLeastNeeded(sequence);
  while (sequence.length < count) sequence = inOrder([...sequence, addition(sequence, material)]);
  return sequence;
}

function addition(purposes: readonly Purpose[], { points, calendar }: Material): Purpose {
  if (!purposes.includes('remind')) return 'remind';
  if (!purposes.includes('explain')) return 'explain';
  if (!purposes.includes('follow-up') && calendar.closings.length === 0) return 'follow-up';
  const explaining = purposes.filter((purpose) => purpose === 'explain').length;
  return explaining < points.length - 1 ? 'explain' : 'remind';
}

function inOrder(purposes: readonly Purpose[]): readonly Purpose[] {
  return purposes.toSorted((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other));
}

/** Of the emails after the first, makes so many reminders, from the last on. */
function withReminders(purposes: readonly Purpose[], reminders: number): readonly Purpose[] {
  const have = purposes.filter((purpose) => purpose === 'remind').length;
  const last = purposes.findLastIndex((purpose, index) => index > 0 && purpose !== 'remind');
  if (have >= reminders || last < 0) return purposes;
  return withReminders(inOrder(purposes.with(last, 'remind')), reminders);
}

interface Counted {
  readonly id: string;
  readonly count: number;
  readonly reminders: number;
}

function countFromBrief({ requirements }: Material): Counted | undefined {
  const { channels, objective, constraints, wishedEmails } = requirements;
  if (wishedEmails !== null) return wishedEmails;
  for (const fact of [
    ...channels,
    ...(objective === null ? [] : [objective]),
    ...constraints.mustSay,
  ]) {
    const count = emailCount(fact.text);
    if (count !== undefined && count > 1) return { id: fact.id, count, reminders: 0 };
  }
  return undefined;
}

interface TimedPurposes {
  readonly purposes: readonly Purpose[];
  readonly offsets: readonly number[];
  readonly tight: boolean;
}

/**
 * Sets days. Where start and deadline are known, they are spread so that the last call comes at the end of `days`, with
 * fewer emails if they would come too close together.
 */
function timedWithin(
  purposes: readonly Purpose[],
  material: Material,
  window: { readonly days: number | undefined; readonly least: number },
): TimedPurposes {
  const { days, least } = window;
  const usual = usualOffsets(purposes, material);
  const total = usual.at(-1) ?? 0;
  const ends = purposes.length > 1 && purposes.at(-1) === 'last-call';
  if (days === undefined || total === days || (total < days && !ends)) {
    return { purposes, offsets: usual, tight: false };
  }
  if (days < least * (purposes.length - 1) && purposes.length > 1) {
    return { ...timedWithin(withoutLeastNeeded(purposes), material, window), tight: true };
  }
  const offsets = usual.map((day) => Math.floor((day * days) / total));
  return { purposes, offsets, tight: days < total };
}

function usualOffsets(purposes: readonly Purpose[], { regulated }: Material): readonly number[] {
  let day = 0;
  return purposes.map((purpose, index) => {
    const unhurried = regulated && (purpose === 'explain' || purpose === 'remind') ? 1 : 0;
    day += index === 0 ? 0 : Math.max(USUAL_DAYS[purpose], 1) + unhurried;
    return day;
  });
}
