import fc from 'fast-check';
import { expect, test } from 'vitest';

import { calendarOf, dateAfter } from '../../judging/calendar.ts';
import type { Slot } from './slot.ts';
import { lastDayOf, onReminderDates } from './set-days.ts';

const deadline = (id: string, text: string, date: string) => ({
  id,
  text,
  date,
  sources: [{ kind: 'brief' as const, start: 0, end: 1 }],
});
const slot = (purpose: Slot['purpose'], dayOffset: number): Slot => ({
  purpose,
  dayOffset,
  closing: undefined,
});
const USUAL = [slot('announce', 0), slot('explain', 3), slot('remind', 7), slot('last-call', 10)];
const END = deadline('end', 'The offer ends on 30 May 2027', '2027-05-30');

test('moves a reminder to its day, and the start with it', () => {
  const calendar = calendarOf({
    deadlines: [END, deadline('r', 'Reminder on 12 May 2027', '2027-05-12')],
  });
  const days = onReminderDates(USUAL, calendar);
  expect(days.map(({ dayOffset }) => dayOffset)).toEqual([0, 3, 7, 24]);
  expect(days[2]?.on).toBe('2027-05-12');
});

test('counts from the day that the brief gives for the start', () => {
  const calendar = calendarOf({
    deadlines: [
      deadline('first', 'First email on 10 May 2027', '2027-05-10'),
      END,
      deadline('r', 'Reminder on 12 May 2027', '2027-05-12'),
    ],
  });
  expect(onReminderDates(USUAL, calendar).map(({ dayOffset }) => dayOffset)).toEqual([0, 1, 2, 19]);
});

test('a day after the end reminds of nothing', () => {
  const calendar = calendarOf({
    deadlines: [END, deadline('r', 'Reminder on 12 June 2027', '2027-06-12')],
  });
  expect(onReminderDates(USUAL, calendar)).toEqual(USUAL);
});

test('whatever the day, emails stay in order and none goes out after the last day', () => {
  fc.assert(
    fc.property(fc.integer({ min: -40, max: 40 }), fc.boolean(), (shift, started) => {
      const reminder = deadline('r', 'Reminder', dateAfter(END.date, shift));
      const first = deadline('first', 'First email', '2027-05-01');
      const calendar = calendarOf({ deadlines: [END, reminder, ...(started ? [first] : [])] });
      const days = onReminderDates(USUAL, calendar);
      const offsets = days.map(({ dayOffset }) => dayOffset);
      expect(offsets.toSorted((one, other) => one - other)).toEqual(offsets);
      const on = days[2]?.on;
      if (on === undefined) return;
      expect(on).toBe(reminder.date);
      const behind = (offsets[3] ?? 0) - (offsets[2] ?? 0);
      expect(dateAfter(on, behind) <= (lastDayOf(calendar, END) ?? '')).toBe(true);
    }),
  );
});
