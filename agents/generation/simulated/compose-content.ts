import { namesEvent, type Requirements } from '../../requirements/artifact.ts';
import type { Strategy } from '../../strategy/artifact.ts';
import { chooseAction } from '../choose-action.ts';
import type { Block, Content, Frame, Sentence } from '../content.ts';
import { fill, phrasesOf } from '../language/phrases.ts';
import type { Phrases } from '../language/phrase-table.ts';
import { oneLine } from '../reading/plain-text.ts';
import { sayable } from '../reading/forbidden.ts';
import { requiredWordings } from '../reading/wordings.ts';
import { chooseFacts, type Choice } from './choose-facts.ts';
import { isInnerDeadline } from './deadlines.ts';
import type { Told } from './told.ts';
import { composePreheader, composeSubject } from './compose-subject.ts';
import { closed, hasVerb, isSentence, tidy, tidyInside, unclosed } from './say.ts';
import { shorten } from './shorten.ts';
import { isPriceFirst } from './spoken/typed-fact.ts';

/** Which email is written. */
export interface Place {
  readonly step: Strategy['sequence'][number];
  readonly frame: Frame;
  /** The emails before it to the same segment. */
  readonly before: readonly Content[];
}

/** A name that only its makers use. */
const INNER_TITLE =
  /(?<!\p{L})(?:brief|plan|push|v\d|q[1-4]|intern\p{L}*|re-?activation|win-?back|reaktivierung|rückgewinnung|entwurf|konzept|relance|reactivación|riattivazione)(?!\p{L})/iu;
const MAX_HEADLINE = 90;
const MAX_PARAGRAPH = 260;

/**
 * Writes one email from what the requirements say, in their own words; the phrase tables add what leads from one fact to the
 * next and state nothing.
 *
 * @throws {@link NothingToTellError} if the step names no fact that an email can tell.
 */
export function composeContent(
  requirements: Requirements,
  strategy: Strategy,
  { step, frame, before }: Place,
): Content {
  const choice = chooseFacts(requirements, strategy, { step, segment: frame.segment });
  const maySay = sayable(requirements);
  const isLast = strategy.sequence.findLast(({ purpose }) => purpose === step.purpose) === step;
  const voice = freshVoice(voiceOf(step.purpose, frame, maySay), { before, isLast });
  const title = titleFor(requirements, maySay);
  const headline = composeHeadline(choice.told, title);
  const action = chooseAction(requirements, strategy, frame);
  const subject = composeSubject({
    step,
    frame,
    told: choice.told,
    ends: choice.ends,
    action: action.label.traces.length === 0 ? undefined : action.label,
    title,
    max: strategy.subjectLines.maxCharacters,
    before: before.map((email) => email.subject.text),
    maySay,
  });
  const blocks = [
    ...openingBlocks(choice.told, headline, voice),
    ...(action.sentence === undefined ? [] : [paragraph([action.sentence])]),
  ];
  return {
    subject,
    preheader: composePreheader({
      told: choice.told,
      subject,
      fallback: action.sentence ?? plainPhrase(voice.opening ?? action.label.text),
    }),
    headline,
    blocks,
    notes: missingMustSay(choice, blocks, headline),
    action: { label: action.label, href: action.href },
  };
}

/** What the campaign is called, unless that is our own business; of what is, the event by its name in quotation marks. */
function titleFor(
  { title }: Requirements,
  maySay: (text: string) => boolean,
): Sentence | undefined {
  if (title === null) return undefined;
  const inner = isInnerDeadline(title.text) || INNER_TITLE.test(title.text);
  const text = inner ? QUOTED_EVENT.exec(title.text)?.[0] : title.text;
  return text !== undefined && maySay(text) && !text.includes('[withheld]')
    ? { text, traces: [title.id] }
    : undefined;
}

/** "Fachtagung „Wärmepumpen“": with the word in front where it says what kind of event it is. */
const QUOTED_EVENT = /[\p{L}-]+\s[„“"«](?=\S)[^"“”„«»]{3,80}[“”"»]/u;

/**
 * The first fact as a headline, if it is short enough or has a beginning that is. What people are to come to is the headline
 * itself where that fact does not name it, as it is of a price that would stand there alone.
 */
function composeHeadline(told: readonly Told[], title: Sentence | undefined): Sentence | undefined {
  const [first] = told;
  if (first === undefined) return undefined;
  const isEvent = title !== undefined && namesEvent(title.text) && !names(first.text, title.text);
  if (isEvent || isPriceFirst(first.text))
    return title === undefined || title.text.length > MAX_HEADLINE
      ? undefined
      : { ...title, text: unclosed(tidy(title.text)) };
  const text = shorten(tidy(first.text), MAX_HEADLINE);
  return text === undefined ? undefined : { text, traces: [first.id] };
}

function names(text: string, title: string): boolean {
  return oneLine(text).toLowerCase().includes(oneLine(title).toLowerCase());
}

interface Voice {
  /** Undefined where the phrase would use a forbidden wording, or the segment has had it. */
  readonly opening: string | undefined;
  readonly phrases: Phrases;
  readonly frame: Frame;
}

/** The phrases of an email, without those that use a wording that the brief forbids. */
function voiceOf(
  purpose: Place['step']['purpose'],
  frame: Frame,
  maySay: (text: string) => boolean,
): Voice {
  const phrases = phrasesOf(frame.language, frame.register);
  const around = (phrase: string): string => (maySay(phrase) ? phrase : '{text}');
  const { openings, offer, note, date } = phrases;
  return {
    opening: maySay(openings[purpose]) ? openings[purpose] : undefined,
    phrases: { ...phrases, offer: around(offer), note: around(note), date: around(date) },
    frame,
  };
}

interface Series {
  readonly before: readonly Content[];
  /** Whether no later step has the same purpose. */
  readonly isLast: boolean;
}

/**
 * A line that opened an earlier email to the segment opens no other: that one begins with what it tells. Only the last of
 * several last calls says that it is the last.
 */
function freshVoice(voice: Voice, { before, isLast }: Series): Voice {
  const had = before.some(
    ({ blocks }) => blocks[0] !== undefined && textsOf(blocks[0])[0] === voice.opening,
  );
  return had || (!isLast && voice.frame.purpose === 'last-call')
    ? { ...voice, opening: undefined }
    : voice;
}

function openingBlocks(
  told: readonly Told[],
  headline: Sentence | undefined,
  voice: Voice,
): readonly Block[] {
  const { language } = voice.frame;
  const body = told.filter(({ text }) => unclosed(tidy(text)) !== headline?.text);
  const lines = body.filter(
    ({ kind, text }) => kind === 'told' && !isSentence(tidy(text), language),
  );
  const rest = body.filter((fact) => !lines.includes(fact));
  const isTerm = ({ kind }: Told): boolean => kind === 'offer' || kind === 'deadline';
  const isSole = lines.length === 1;
  const messages = rest.filter((fact) => !isTerm(fact));
  const said = asSentences([...messages, ...(isSole ? lines : []), ...rest.filter(isTerm)], voice);
  const behind = messages.length + (isSole ? 1 : 0);
  return [
    ...(voice.opening === undefined ? [] : [paragraph([plainPhrase(voice.opening)])]),
    ...paragraphs(said.slice(0, messages.length)),
    ...paragraphs(said.slice(messages.length, behind)),
    ...(isSole ? [] : linesBlock(lines, voice)),
    ...paragraphs(said.slice(behind)),
  ];
}

/** Each fact as a sentence; a phrase that led one in leads in no other. */
function asSentences(facts: readonly Told[], voice: Voice): readonly Sentence[] {
  const used = new Set<string>();
  return facts.map((fact) => {
    const around = frameOf(fact, voice);
    const again = used.has(around);
    used.add(around);
    return asSentence(fact, again ? '{text}' : around);
  });
}

/** Several lines make a list. */
function linesBlock(lines: readonly Told[], voice: Voice): readonly Block[] {
  if (lines.length === 0) return [];
  const items = lines.map(({ id, text }) => ({ text: unclosed(tidy(text)), traces: [id] }));
  return [{ kind: 'list', intro: plainPhrase(voice.phrases.essentials), items }];
}

/** What leads a fact in, or nothing but itself. A line with a label of its own needs no other. */
function frameOf({ text, kind }: Told, { phrases, frame }: Voice): string {
  const plain = tidy(text);
  // A term that closes with a full stop is still no sentence without a verb: "20 % off until Sunday."
  const stands = kind === 'offer' || kind === 'deadline' ? hasVerb : isSentence;
  if (stands(plain, frame.language) || /^[^.]{1,60}: /u.test(plain)) return '{text}';
  if (kind === 'offer') return phrases.offer;
  return kind === 'deadline' ? phrases.date : phrases.note;
}

function asSentence({ id, text }: Told, around: string): Sentence {
  const plain = around === '{text}' ? tidy(text) : tidyInside(text);
  return { text: closed(fill(around, { text: plain })), traces: [id] };
}

/** Puts short sentences together, so that an email is not a staircase of one-liners. */
function paragraphs(sentences: readonly Sentence[]): readonly Block[] {
  const groups: Sentence[][] = [];
  for (const sentence of sentences) {
    const last = groups.at(-1);
    const length = (last ?? []).reduce((sum, { text }) => sum + text.length, 0);
    if (last !== undefined && length + sentence.text.length <= MAX_PARAGRAPH) last.push(sentence);
    else groups.push([sentence]);
  }
  return groups.map(paragraph);
}

/** The phrases that must be said and are not yet, each as it stands in the brief. */
function missingMustSay(
  { mustSay }: Choice,
  blocks: readonly Block[],
  headline: Sentence | undefined,
): readonly Sentence[] {
  const said = oneLine([headline?.text ?? '', ...blocks.flatMap(textsOf)].join('\n')).toLowerCase();
  return mustSay.flatMap(({ id, text }) =>
    requiredWordings(text)
      .filter((wording) => !said.includes(oneLine(wording).toLowerCase()))
      .map((wording) => ({ text: closed(tidy(wording)), traces: [id] })),
  );
}

function textsOf(block: Block): readonly string[] {
  return block.kind === 'paragraph'
    ? block.sentences.map(({ text }) => text)
    : block.items.map(({ text }) => text);
}

function paragraph(sentences: readonly Sentence[]): Block {
  return { kind: 'paragraph', sentences };
}

function plainPhrase(text: string): Sentence {
  return { text, traces: [] };
}
