import { namesEvent } from '../../requirements/artifact.ts';
import type { Strategy } from '../../strategy/artifact.ts';
import type { Frame, Sentence } from '../content.ts';
import { fill, senderSubjectOf, subjectOf, withoutPhrase } from '../language/phrases.ts';
import { oneLine } from '../reading/plain-text.ts';
import { subjectKey } from '../reading/subject-key.ts';
import { hasDate, isBareDeadline } from './deadlines.ts';
import { tidy } from './say.ts';
import { clip, shorten, wholeForms } from './shorten.ts';
import { isPriceFirst, typedFact } from './spoken/typed-fact.ts';
import type { Told } from './told.ts';

/** What a subject line is made of. */
export interface SubjectMaterial {
  readonly step: Strategy['sequence'][number];
  readonly frame: Frame;
  readonly told: readonly Told[];
  /** What ends, in words of its own. */
  readonly ends: readonly Told[];
  /** What readers are to do, if the brief says it in a few words. */
  readonly action: Sentence | undefined;
  /** What the campaign is called, if readers may know. */
  readonly title: Sentence | undefined;
  /** Characters that the strategy allows. */
  readonly max: number;
  /** The subject lines that this segment has had. */
  readonly before: readonly string[];
  /** Tells whether a text says nothing that must not be said. */
  readonly maySay: (text: string) => boolean;
}

/** A whole phrase that a subject line may be, with what it is about. */
interface Candidate extends Sentence {
  readonly topic: string;
}

/** Purposes of which a line with the sender's name alone is true of any email. */
const NEUTRAL = ['announce', 'explain', 'follow-up'] as const;
const MAX_PREHEADER = 110;

/**
 * Gives the subject line: the first whole phrase that fits and that the segment has not had, from what the step tells, what the
 * readers are to do, and what the campaign is called; failing that the sender's name; and only where even that is too
 * long, the first fact up to the last word that fits.
 */
export function composeSubject(material: SubjectMaterial): Sentence {
  const { step, frame, told, max, before, maySay } = material;
  const { language } = frame;
  const had = new Set(
    before.flatMap((text) => [subjectKey(text), subjectKey(withoutPhrase(language, text))]),
  );
  const candidates = candidatesOf(material).flatMap((each) => withItsName(each, material));
  const named = [step.purpose, ...NEUTRAL]
    .map((purpose) => fill(senderSubjectOf(language, purpose), { sender: frame.sender.name }))
    .filter((text) => text.length <= max && maySay(text))
    .map((text): Sentence => ({ text, traces: [] }));
  const clipped = told
    .filter(({ text }) => !isPriceFirst(text))
    .map(({ id, text }) => ({ text: clip(tidy(text), max), traces: [id] }));
  const isNew = ({ text }: Sentence): boolean => !had.has(subjectKey(text));
  return (
    candidates.find(({ topic }) => !had.has(subjectKey(topic))) ??
    [...candidates, ...named.slice(0, 1)].find(isNew) ??
    [...combined(candidates, material), ...named, ...clipped].find(isNew) ??
    // Nothing new is left to say: the gate refuses a line that the segment has had.
    clipped[0] ??
    named[0] ?? { text: frame.sender.name, traces: [] }
  );
}

/** A price or a day says nothing by itself: it stands behind the name of what it is the price of, or in no subject line. */
function withItsName(candidate: Candidate, { title, max }: SubjectMaterial): readonly Candidate[] {
  if (!isPriceFirst(candidate.topic) && !isBareDeadline(candidate.topic)) return [candidate];
  if (title === undefined) return [];
  const text = `${tidy(title.text)}: ${candidate.topic}`;
  const traces = [...title.traces, ...candidate.traces];
  return text.length > max ? [] : [{ text, topic: text, traces }];
}

/** Two phrases in one line, and each behind the sender's name: for a sequence that has more emails than facts. */
function combined(
  candidates: readonly Candidate[],
  { frame, max, maySay }: SubjectMaterial,
): readonly Sentence[] {
  const topics = [...new Map(candidates.map((each) => [subjectKey(each.topic), each])).values()];
  const pairs = topics.flatMap((one) =>
    topics
      .filter((other) => other !== one)
      .map((other) => ({
        text: `${one.topic} – ${other.topic}`,
        traces: [...new Set([...one.traces, ...other.traces])],
      })),
  );
  const signed = topics.map(({ topic, traces }) => ({
    text: `${frame.sender.name}: ${topic}`,
    traces,
  }));
  return [...pairs, ...signed].filter(({ text }) => text.length <= max && maySay(text));
}

/** The phrases that fit, best first for the purpose of the step. */
function candidatesOf(material: SubjectMaterial): readonly Candidate[] {
  const { step, frame, told, ends, action, title, max, maySay } = material;
  const phrase = subjectOf(frame.language, step.purpose);
  const template = maySay(phrase) ? phrase : '{topic}';
  const framed = (list: readonly Told[]): readonly Candidate[] => phrases(list, template, max);
  const plain = (list: readonly Told[]): readonly Candidate[] => phrases(list, '{topic}', max);
  const asTold = (sentence: Sentence | undefined): readonly Told[] =>
    sentence === undefined
      ? []
      : sentence.traces.map((id) => ({ id, text: sentence.text, kind: 'told' }));
  const whole = told.filter(({ kind }) => kind !== 'deadline');
  // What an offer comes down to is a second way to say it, for the emails behind the first.
  const short = whole
    .filter(({ kind }) => kind === 'offer')
    .map((fact) => ({ ...fact, text: typedFact(fact.text) ?? fact.text }));
  const facts = [...whole, ...short];
  const isPhrase = action !== undefined && /\S\s+\S/u.test(action.text);
  const [doIt, called] = [asTold(isPhrase ? action : undefined), asTold(title)];
  switch (step.purpose) {
    case 'last-call': {
      const fits = ({ text }: Told): boolean => tidy(text).replace(/\.$/u, '').length <= max;
      const dated = facts.filter((fact) => hasDate(fact.text, frame.language) && fits(fact));
      const named = told.filter(({ kind }) => kind === 'deadline');
      const lists = [named, ends, facts, doIt, called];
      const dates = named
        .flatMap((each) => [...framed([each]), ...plain([each])])
        .filter(({ topic }) => hasDate(topic, frame.language));
      return [...dates, ...plain(dated), ...lists.flatMap(framed), ...plain(facts)];
    }
    case 'remind': {
      const lists = [facts.slice(0, 1), doIt, facts, called];
      return [...lists.flatMap(framed), ...plain(facts)];
    }
    case 'announce': {
      const invites = title !== undefined && namesEvent(title.text);
      return [...(invites ? [called] : []), facts, called, doIt].flatMap(framed);
    }
    case 'explain':
    case 'follow-up':
      return [facts, doIt, called].flatMap(framed);
  }
}

function phrases(list: readonly Told[], template: string, max: number): readonly Candidate[] {
  const room = max - fill(template, { topic: '' }).length;
  return list.flatMap(({ id, text }) =>
    wholeForms(tidy(text), room).map((topic): Candidate => {
      // "Reminder: Closing date: 15 March" reads badly; the line is then left to its own label.
      const around = topic.includes(':') ? '{topic}' : template;
      return { topic, text: fill(around, { topic }), traces: [id] };
    }),
  );
}

function key(text: string): string {
  return oneLine(text).toLowerCase();
}

/** What the line after the subject is made of. */
export interface PreheaderMaterial {
  readonly told: readonly Told[];
  readonly subject: Sentence;
  readonly fallback: Sentence;
}

/** Gives the line that inboxes show after the subject: a fact that the subject does not tell, whole if one fits. */
export function composePreheader({ told, subject, fallback }: PreheaderMaterial): Sentence {
  const said = key(subject.text);
  const others = told.filter(
    ({ text }) => !said.includes(key(shorten(tidy(text), MAX_PREHEADER) ?? text)),
  );
  const fresh = others.filter(({ id }) => !subject.traces.includes(id));
  for (const { id, text } of [...fresh, ...others]) {
    const [whole] = wholeForms(tidy(text), MAX_PREHEADER);
    if (whole !== undefined && !said.includes(key(whole))) return { text: whole, traces: [id] };
  }
  const { text, traces } =
    fresh[0] === undefined ? fallback : { text: tidy(fresh[0].text), traces: [fresh[0].id] };
  return { traces, text: shorten(text, MAX_PREHEADER) ?? clip(text, MAX_PREHEADER) };
}
