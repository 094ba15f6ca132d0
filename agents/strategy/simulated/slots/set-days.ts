import {
  dateAfter,
  daysBetween,
  earlier,
  type Calendar,
  type DatedDeadline,
} from '../../judging/calendar.ts';
import type { Slot } from './slot.ts';

/** An email goes out at least this many days before what it announces the end of. */
const DAYS_BEFORE_CLOSING = 1;

/** The last day on which an email may go out that is bound by `closing`: before it, and not after the last mailing. */
export function lastDayOf(
  { lastMailing }: Pick<Calendar, 'lastMailing'>,
  closing: DatedDeadline | undefined,
): string | undefined {
  if (closing === undefined) return undefined;
  const before = dateAfter(closing.date, -DAYS_BEFORE_CLOSING);
  return lastMailing === undefined ? before : earlier(before, lastMailing);
}

/**
 * Moves reminders to the days that the brief sets for them, and the emails around them no further than order asks. Where the brief
 * gives no day for the start, the campaign starts early enough. Days on which no reminder can go out change nothing.
 */
export function onReminderDates(slots: readonly Slot[], calendar: Calendar): readonly Slot[] {
  const { opening, closings, reminders } = calendar;
  const first = slots.findIndex(({ purpose }) => purpose === 'remind');
  const [reminder] = reminders;
  if (first < 1 || reminder === undefined) return slots;
  const usual = slots[first]?.dayOffset ?? 0;
  const total = slots.at(-1)?.dayOffset ?? 0;
  const last = lastDayOf(calendar, closings[0]);
  const begin = dateAfter(reminder.date, -usual);
  const start =
    opening?.date ?? (last === undefined ? begin : earlier(begin, dateAfter(last, -total)));
  const behind = slots.slice(first).filter(({ purpose }) => purpose !== 'remind').length;
  const days = reminders
    .map(({ date }) => daysBetween(start, date))
    .filter((day) => day >= first)
    .filter((day) => last === undefined || day + behind <= daysBetween(start, last));
  if (days.length === 0) return slots;
  const end = last === undefined ? undefined : daysBetween(start, last);
  let next = 0;
  let before = -1;
  return slots.map((slot, index) => {
    const day = slot.purpose === 'remind' ? days[next++] : undefined;
    const room = (days[0] ?? 0) - (first - index);
    const free = index < first ? Math.min(slot.dayOffset, room) : (end ?? slot.dayOffset);
    before = Math.max(before + (index === 0 ? 1 : 0), day ?? free, index === 0 ? 0 : before + 1);
    const dayOffset = index === 0 ? 0 : before;
    return day === undefined
      ? { ...slot, dayOffset }
      : { ...slot, dayOffset, on: dateAfter(start, dayOffset) };
  });
}
