import { sentencesOf } from '../brief/sentences.ts';
import type { Span } from '../brief/span.ts';
import type { Candidate } from '../discovery/candidate.ts';
import { CONFLICT, say } from '../wording/wording.ts';
import { conflictId, quoteAll, type Choice, type Conflict, type Resolution } from './conflict.ts';
import { candidatesOf, correctionAt, read, type Draft } from './draft.ts';
import { shared, topicOf } from './words.ts';

type Kind = 'discount' | 'rate' | 'price';

interface Figure extends Span {
  readonly kind: Kind;
  /** As it is written, or as a person corrected it. */
  readonly value: string;
  readonly sentence: Span;
  readonly topic: ReadonlySet<string>;
  readonly general: boolean;
  readonly qualified: boolean;
  readonly candidate: Candidate;
}

const FIGURE =
  /\d{1,3}(?:[.,]\d{1,3})?\s?(?:%|percent\b|per cent\b|prozent\b)|[€$£]\s?\d[\d.,]{0,12}\d?|\d[\d.,]{0,12}\s?(?:€|\$|£|eur\b|euros?\b|usd\b|dollars?\b|pounds?\b)/giu;
const DISCOUNT =
  /(?<![\p{L}])(?:off|discount|sav(?:e|ing)s?|reduc\p{L}*|cheaper|rabatt|nachlass|spar\p{L}*|günstiger|remise|réduction|descuento|sconto|korting|desconto)(?![\p{L}])/iu;
const RATE =
  /(?<![\p{L}])(?:interest|apr|apy|p\.\s?a|per annum|zins\p{L}*|taux|interés|interesse|rente|juros)(?![\p{L}])/iu;
const PRICE =
  /(?<![\p{L}])(?:price|costs?|only|per month|monthly|kostet|kosten|preis|monatlich|prix|precio|prezzo|prijs|preço)(?![\p{L}])/iu;
const GENERAL =
  /(?<![\p{L}])(?:everything|whole|entire|sitewide|any order|every order|alles|gesamte\p{L}*|tout|todo|tutto|tudo)(?![\p{L}])/iu;
const QUALIFIED =
  /(?<![\p{L}])(?:up to|at least|extra|additional|further|another|members? only|bis zu|zusätzlich\p{L}*|weitere\p{L}*|jusqu|hasta|fino|tot|até)(?![\p{L}])/iu;
const MAX_FIGURES = 150;

/** Finds figures that differ where one thing is meant: two discounts on one offer, two rates of one account. */
export function conflictingFigures(draft: Draft): readonly Conflict[] {
  const figures = figuresOf(draft);
  const clusters: Figure[][] = [];
  for (const figure of figures) {
    const cluster = clusters.find((members) =>
      members.some((member) => isSameThing(member, figure)),
    );
    if (cluster === undefined) clusters.push([figure]);
    else cluster.push(figure);
  }
  return clusters
    .filter((cluster) => new Set(cluster.map(({ value }) => normal(value))).size > 1)
    .map((cluster) => toConflict(draft, cluster));
}

function figuresOf(draft: Draft): readonly Figure[] {
  const figures = new Map<number, Figure>();
  for (const candidate of candidatesOf(
    draft,
    'offer',
    'keyMessages',
    'callToAction',
    'mustSay',
    'title',
  )) {
    if (figures.size >= MAX_FIGURES) break;
    const found = sentencesOf(draft.text, candidate).flatMap((sentence) =>
      figuresIn(draft, sentence, candidate),
    );
    for (const figure of found) if (!figures.has(figure.start)) figures.set(figure.start, figure);
  }
  return [...figures.values()].slice(0, MAX_FIGURES);
}

function figuresIn(draft: Draft, sentence: Span, candidate: Candidate): readonly Figure[] {
  const words = draft.text.slice(sentence.start, sentence.end);
  const found: Figure[] = [];
  for (const match of words.matchAll(FIGURE)) {
    const near = words.slice(Math.max(0, match.index - 35), match.index + match[0].length + 45);
    const kind = kindOf(match[0], near);
    if (kind === undefined) continue;
    const start = sentence.start + match.index;
    const place = { start, end: start + match[0].trimEnd().length };
    found.push({
      ...place,
      kind,
      value: correctionAt(draft, place)?.text ?? draft.text.slice(place.start, place.end),
      sentence,
      topic: topicOf(words),
      general: GENERAL.test(words),
      qualified: QUALIFIED.test(words),
      candidate,
    });
  }
  return found;
}

function kindOf(figure: string, near: string): Kind | undefined {
  const share = isShare(figure);
  if (share && RATE.test(near)) return 'rate';
  if (DISCOUNT.test(near)) return 'discount';
  return !share && PRICE.test(near) ? 'price' : undefined;
}

function isSameThing(one: Figure, other: Figure): boolean {
  if (one.kind !== other.kind || one.sentence.start === other.sentence.start) return false;
  if (isShare(one.value) !== isShare(other.value) || one.qualified !== other.qualified)
    return false;
  const common = shared(one.topic, other.topic);
  const least = Math.min(one.topic.size, other.topic.size);
  const sameGroup = one.candidate.group === other.candidate.group;
  if (sameGroup || one.kind === 'price') return common > 0 && common * 2 >= least;
  return common > 0 || least === 0 || one.general || other.general;
}

function isShare(value: string): boolean {
  return /%|cent|prozent/i.test(value);
}

function normal(value: string): string {
  return value
    .toLowerCase()
    .replaceAll(/\s|percent|per cent|prozent|%/g, '')
    .replace(',', '.');
}

function toConflict(draft: Draft, cluster: readonly Figure[]): Conflict {
  const options = [
    ...new Map(cluster.map(({ value }) => [normal(value), value] as const)).values(),
  ];
  const statements = cluster.map(({ sentence }) => read(draft, sentence).text);
  return {
    id: conflictId(
      'offer',
      cluster.map(({ value }) => normal(value)),
    ),
    field: 'offer',
    text: say(CONFLICT.values[draft.language], quoteAll(statements)),
    sources: cluster.map(({ sentence }) => sentence),
    options,
    resolve: (choice) => resolve(cluster, options, choice),
  };
}

/** Writes the chosen figure everywhere; a figure of the same form that was not among the options is taken too. */
function resolve(
  cluster: readonly Figure[],
  options: readonly string[],
  choice: Choice,
): Resolution | undefined {
  const chosen = choice.option === undefined ? ownFigure(choice.text) : options[choice.option];
  if (chosen === undefined || isShare(chosen) !== isShare(cluster[0]?.value ?? ''))
    return undefined;
  const wrong = cluster.filter(({ value }) => normal(value) !== normal(chosen));
  return { edits: wrong.map(({ start, end }) => ({ start, end, text: chosen })), drops: [] };
}

function ownFigure(text: string): string | undefined {
  const figures = [...text.matchAll(FIGURE)].map(([figure]) => figure.trim());
  return figures.length === 1 ? figures[0] : undefined;
}
