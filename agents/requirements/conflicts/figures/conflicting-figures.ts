import { sentencesOf } from '../../brief/sentences.ts';
import type { Span } from '../../brief/span.ts';
import { findDurations } from '../../lexicon/durations.ts';
import { CONFLICT, say } from '../../wording/wording.ts';
import { conflictId, quoteAll, type Choice, type Conflict, type Resolution } from '../conflict.ts';
import { candidatesOf, correctionAt, read, type Draft } from '../draft.ts';
import { findFigures, soleFigure, valueOf, type FoundFigure } from './find-figures.ts';
import { isShare, type FigureKind } from './figure-kinds.ts';
import { segmentQualifiers } from './qualifiers.ts';
import { isSameThing, type ToldFigure } from './same-thing.ts';
import { topicOf } from '../words.ts';

/** A figure with the sentence that tells it. */
interface Figure extends ToldFigure {
  readonly sentence: Span;
  /** The sentence as a person is shown it. */
  readonly shown: string;
  /** Whether it stands in a fact, and may be told to readers. */
  readonly told: boolean;
}

const MAX_FIGURES = 150;

/**
 * Finds figures that differ where one thing is meant: two discounts on one offer, two prices of one product, two times of
 * delivery. One of them stands in a fact, unless they are prices; the other may stand anywhere, also in a note that no reader sees.
 */
export function conflictingFigures(draft: Draft): readonly Conflict[] {
  const figures = figuresOf(draft);
  const campaign = topicOf(
    candidatesOf(draft, 'title', 'objective', 'offer')
      .map((candidate) => read(draft, candidate).text)
      .join(' '),
  );
  const clusters: Figure[][] = [];
  for (const figure of figures) {
    const cluster = clusters.find((members) =>
      members.some((member) => isSameThing(member, figure, campaign)),
    );
    if (cluster === undefined) clusters.push([figure]);
    else cluster.push(figure);
  }
  return clusters
    .filter((cluster) => new Set(cluster.map(({ value }) => value)).size > 1)
    .filter((cluster) => cluster.some(({ told }) => told) || arePrices(cluster))
    .map((cluster) => toConflict(draft, cluster));
}

/** Two prices of one thing contradict each other also where neither stands in a fact. */
function arePrices(cluster: readonly Figure[]): boolean {
  return cluster.every(({ kind, topic }) => kind === 'price' && topic.size > 0);
}

function figuresOf(draft: Draft): readonly Figure[] {
  const figures = new Map<number, Figure>();
  const segments = segmentQualifiers(
    candidatesOf(draft, 'audience').map((candidate) => read(draft, candidate).text),
  );
  const add = (found: readonly Figure[]): void => {
    for (const figure of found) if (!figures.has(figure.start)) figures.set(figure.start, figure);
  };
  const fields = ['offer', 'keyMessages', 'callToAction', 'mustSay', 'title', 'deadlines'] as const;
  for (const candidate of candidatesOf(draft, ...fields)) {
    if (figures.size >= MAX_FIGURES) break;
    const trust = candidate.field === 'offer' && candidate.origin === 'label' ? 'offer' : 'told';
    for (const sentence of sentencesOf(draft.text, candidate)) {
      const words = draft.text.slice(sentence.start, sentence.end);
      const place = { sentence, shown: read(draft, sentence).text, told: true };
      add(
        findFigures(words, { trust, segments }).map((figure) =>
          placed(draft, figure, { ...place, group: candidate.group }),
        ),
      );
    }
  }
  for (const { note, text, ...sentence } of draft.remarks) {
    if (figures.size >= 2 * MAX_FIGURES) break;
    const place = { sentence, shown: text, told: false, group: -2 - sentence.start };
    const trust = note ? 'note' : 'remark';
    const words = draft.brief.slice(sentence.start, sentence.end);
    add(findFigures(words, { trust, segments }).map((figure) => placed(draft, figure, place)));
  }
  return [...figures.values()];
}

function placed(
  draft: Draft,
  figure: FoundFigure,
  place: Pick<Figure, 'sentence' | 'shown' | 'told' | 'group'>,
): Figure {
  const by = place.sentence.start;
  const span = { start: figure.start + by, end: figure.end + by };
  const correction = correctionAt(draft, span)?.text;
  const changed =
    correction === undefined
      ? {}
      : { written: correction, value: valueOf(figure.kind, correction) };
  return { ...figure, ...span, ...changed, ...place, sentenceStart: by };
}

function toConflict(draft: Draft, cluster: readonly Figure[]): Conflict {
  const options = [
    ...new Map(cluster.map(({ value, written }) => [value, written] as const)).values(),
  ];
  const field = fieldOf(cluster);
  return {
    id: conflictId(
      field,
      cluster.map(({ value }) => value),
    ),
    field,
    text: say(CONFLICT.values[draft.language], quoteAll(cluster.map(({ shown }) => shown))),
    sources: cluster.map(({ sentence }) => sentence),
    options,
    resolve: (choice) => resolve(cluster, options, choice),
  };
}

/** Figures of an offer concern the offer, wherever they stand; how long it holds is a deadline. */
function fieldOf(cluster: readonly Figure[]): string {
  const [first] = cluster;
  if (first?.kind === 'weekday' || first?.purpose === 'offer') return 'deadlines';
  const told = ['duration', 'count', 'time'].includes(first?.kind ?? '');
  return told ? 'keyMessages' : 'offer';
}

/** Writes the chosen figure everywhere; a figure of the same form that was not among the options is taken too. */
function resolve(
  cluster: readonly Figure[],
  options: readonly string[],
  choice: Choice,
): Resolution | undefined {
  const [first] = cluster;
  const chosen = choice.option === undefined ? soleFigure(choice.text) : options[choice.option];
  if (chosen === undefined || first === undefined) return undefined;
  if (isShare(chosen) !== isShare(first.written)) return undefined;
  if (choice.option === undefined && !isOfKind(first.kind, chosen)) return undefined;
  const value = valueOf(first.kind, chosen);
  const wrong = cluster.filter((figure) => figure.value !== value && figure.told);
  return { edits: wrong.map(({ start, end }) => ({ start, end, text: chosen })), drops: [] };
}

/** A duration is answered with a duration, and money with money. */
function isOfKind(kind: FigureKind, written: string): boolean {
  const timed = findDurations(written).length > 0;
  if (kind === 'duration') return timed;
  return !timed && !['count', 'time', 'weekday'].includes(kind);
}
