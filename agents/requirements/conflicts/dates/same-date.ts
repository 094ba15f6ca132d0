import { DOUBTS } from '../../discovery/statements/doubts.ts';
import { shared } from '../words.ts';
import { isBehindPreposition } from './events.ts';
import type { SetDate } from './set-dates.ts';

/** Sentences that speak of the one before stand so close to it. */
const NEAR_CHARACTERS = 300;

/** Tells whether two dates are set for one thing: with the same words, as ends of the same, or of one event of one subject. */
export function areOfOneThing(text: string, one: SetDate, other: SetDate): boolean {
  if (isTakenBack(text, one, other) || isTakenBack(text, other, one)) return true;
  if (goesBack(text, one, other) || goesBack(text, other, one)) return true;
  if (areApart(one, other)) return false;
  const told = one.told && other.told;
  if (!told && one.qualifiers !== other.qualifiers) return false;
  if (one.label !== '' && one.label === other.label) return told || one.subject.size > 0;
  return areOfOneKind(one, other);
}

/** Whether nothing but a doubt stands between a date and the next one with a year. */
function isTakenBack(text: string, before: SetDate, behind: SetDate): boolean {
  const between = text.slice(before.end, Math.max(before.end, behind.start));
  return between.length <= NEAR_CHARACTERS && !/\d{4}/.test(between) && DOUBTS.test(between);
}

function areApart(one: SetDate, other: SetDate): boolean {
  if (one.several || other.several || one.statement.start === other.statement.start) return true;
  return one.sending !== other.sending || one.yearless !== other.yearless;
}

function areOfOneKind(one: SetDate, other: SetDate): boolean {
  if (one.sending !== undefined)
    return one.sending !== 'some' && addsNoPlace(one, other) && addsNoPlace(other, one);
  if (one.qualifiers !== other.qualifiers) return false;
  if (one.role === 'end' && other.role === 'end') return areEndsOfOneThing(one, other);
  return one.event !== undefined && one.event === other.event && areOfOneSubject(one, other);
}

function areEndsOfOneThing(one: SetDate, other: SetDate): boolean {
  if (one.general && other.general) return true;
  const least = Math.min(one.topic.size, other.topic.size);
  return least > 1 && shared(one.topic, other.topic) === least;
}

/** One subject is the other with more words in front of it: "the hall" and "the new hall", but not "the hall in Bath". */
function areOfOneSubject(one: SetDate, other: SetDate): boolean {
  const [short, long] = one.subject.size <= other.subject.size ? [one, other] : [other, one];
  if (short.subject.size === 0 || shared(short.subject, long.subject) < short.subject.size)
    return false;
  return addsNoPlace(long, short);
}

/** Whether what one says more than the other does not tell where or for whom. */
function addsNoPlace(one: SetDate, other: SetDate): boolean {
  return [...one.subject].every(
    (word) => other.subject.has(word) || !isBehindPreposition(one.clause, word),
  );
}

/** "Actually it opens on 15 February" speaks of the event in front of it, and so does "Sorry, 15 February". */
function goesBack(text: string, before: SetDate, behind: SetDate): boolean {
  const between = text.slice(before.end, behind.start);
  if (behind.start < before.end || between.length > NEAR_CHARACTERS) return false;
  if (/\n[^\S\n]*\n/.test(between) || before.qualifiers !== behind.qualifiers) return false;
  if (behind.subject.size > 0 || behind.several) return false;
  if (before.statement.start === behind.statement.start && !behind.corrects) return false;
  return behind.event === undefined ? behind.corrects : behind.event === before.event;
}
