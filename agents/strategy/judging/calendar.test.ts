import { expect, test } from 'vitest';

import type { Deadline } from '../../requirements/artifact.ts';
import { calendarOf, dateAfter, daysBetween } from './calendar.ts';

const deadline = (id: string, text: string, date: string | null): Deadline => ({
  id,
  text,
  date,
  sources: [{ kind: 'brief', start: 0, end: 1 }],
});

test('tells openings, closings and deadlines without a date apart', () => {
  const calendar = calendarOf({
    deadlines: [
      deadline('late', 'Early prices until 3 June', '2027-06-03'),
      deadline('start', 'Launch on 1 May', '2027-05-01'),
      deadline('soon', 'While stocks last', null),
      deadline('early', 'Webinar on 20 May', '2027-05-20'),
    ],
  });
  expect(calendar.opening?.id).toBe('start');
  expect(calendar.closings.map(({ id }) => id)).toEqual(['early', 'late']);
  expect(calendar.undated.map(({ id }) => id)).toEqual(['soon']);
});

test.each([
  'The last email goes out on 25 October',
  'Letzte E-Mail: Versand am 25. Oktober',
  'Dernier courriel envoyé le 25 octobre',
  'Último correo enviado el 25 de octubre',
  'Ultima e-mail inviata il 25 ottobre',
  'Laatste e-mail verzonden op 25 oktober',
  'Último e-mail enviado em 25 de outubro',
])('nothing opens with the last email: %j', (text) => {
  const { opening, closings } = calendarOf({ deadlines: [deadline('last', text, '2027-10-25')] });
  expect(opening).toBeUndefined();
  expect(closings.map(({ id }) => id)).toEqual(['last']);
});

test.each([
  ['First email must go out by 3 May', true],
  ['Erste E-Mail bis spätestens 3. Mai', true],
  ['The campaign starts on 3 May', true],
  ['The newsletter should go out by Monday, 3 May 2027', true],
  ['Versand der Newsletter am 3. Mai', true],
  ['The sale starts on 3 May', false],
])('knows whether "%s" is our own business', (text, internal) => {
  expect(calendarOf({ deadlines: [deadline('a', text, '2027-05-03')] }).opening?.internal).toBe(
    internal,
  );
});

test('counts days across months and leap days', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(dateAfter('2027-03-01', -1)).toBe('2027-02-28');
});

test.each(['Board approval: 3 April', 'Freigabe durch die Fachabteilung bis 3. April'])(
  'takes "%s" for nothing that ends',
  (text) => {
    const calendar = calendarOf({ deadlines: [deadline('a', text, '2027-04-03')] });
    expect(calendar.closings).toEqual([]);
    expect(calendar.preparations.map(({ id }) => id)).toEqual(['a']);
  },
);

test.each([
  'Reminder to those without an account – 3 April',
  'and a reminder on 3 April',
  'Erinnerung am 3. April',
])('takes "%s" for the day of a reminder, which ends nothing', (text) => {
  const calendar = calendarOf({ deadlines: [deadline('a', text, '2027-04-03')] });
  expect(calendar.closings).toEqual([]);
  expect(calendar.reminders.map(({ id }) => id)).toEqual(['a']);
});

test('takes the last mailing for the last day of every email, and for what ends only alone', () => {
  const mailing = deadline('a', 'Last mailing: 3 April 2027', '2027-04-03');
  const ending = deadline('b', 'The sale ends on 9 April 2027', '2027-04-09');
  expect(calendarOf({ deadlines: [mailing] }).closings).toHaveLength(1);
  const calendar = calendarOf({ deadlines: [mailing, ending] });
  expect(calendar.closings.map(({ id }) => id)).toEqual(['b']);
  expect(calendar).toMatchObject({ lastMailing: '2027-04-03', offerEnds: '2027-04-09' });
});

test('takes our own objective with a date in it for nothing that ends', () => {
  const objective = {
    id: 'objective',
    text: 'Sell 300 boiler services before 30 November 2027.',
    sources: [{ kind: 'brief' as const, start: 0, end: 1 }],
  };
  const deadlines = [
    deadline('a', 'Sell 300 boiler services before 30 November 2027', '2027-11-30'),
  ];
  expect(calendarOf({ deadlines, objective }).closings).toEqual([]);
  expect(calendarOf({ deadlines }).closings).toHaveLength(1);
});

test('takes the date of a metric for nothing that ends, unless the offer ends with it', () => {
  const source = [{ kind: 'brief' as const, start: 0, end: 1 }];
  const fact = (id: string, text: string) => ({ id, text, sources: source });
  const metrics = [fact('metric-1', '300 memberships sold by 20 December 2027')];
  const deadlines = [deadline('a', '20 December 2027', '2027-12-20')];
  const calendar = calendarOf({ deadlines, metrics });
  expect(calendar.closings).toEqual([]);
  expect(calendar.preparations).toEqual([]);
  expect(calendar.goals.map(({ id }) => id)).toEqual(['a']);
  const offer = fact('offer', 'First month free until 20 December 2027');
  expect(calendarOf({ deadlines, metrics, offer }).closings).toHaveLength(1);
});
