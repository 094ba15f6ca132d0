import { shared } from '../words.ts';
import { isShare } from './figure-kinds.ts';
import type { FoundFigure } from './find-figures.ts';

/** A figure with where it was told. */
export interface ToldFigure extends FoundFigure {
  readonly sentenceStart: number;
  /** Figures of one list are told beside each other on purpose. */
  readonly group: number;
}

/**
 * Tells whether two figures are about one thing: of one kind, told for the same people and in the same case, in other sentences,
 * about the same subject. Of a discount on nothing in particular, everything is the subject.
 *
 * @param campaign - The words that the campaign as a whole is about.
 */
export function isSameThing(
  one: ToldFigure,
  other: ToldFigure,
  campaign: ReadonlySet<string>,
): boolean {
  if (one.kind !== other.kind || one.sentenceStart === other.sentenceStart) return false;
  if (one.qualifiers !== other.qualifiers || one.purpose !== other.purpose) return false;
  if (isShare(one.written) !== isShare(other.written)) return false;
  switch (one.kind) {
    case 'discount':
    case 'rate':
      return sameDiscount(one, other);
    case 'price':
      return samePrice(one, other, campaign);
    case 'threshold':
      return overlaps(one, other, 0.5);
    case 'duration':
      return sameDuration(one, other, campaign);
    case 'weekday':
      return sameSubject(one, other);
    case 'count':
    case 'time':
      return sameWords(one, other);
  }
}

function sameDiscount(one: ToldFigure, other: ToldFigure): boolean {
  if (one.group === other.group) return sameSubject(one, other);
  const empty = one.topic.size === 0 || other.topic.size === 0;
  return empty || one.general || other.general || shared(one.topic, other.topic) > 0;
}

/** A price without a subject of its own is that of the campaign. */
function samePrice(one: ToldFigure, other: ToldFigure, campaign: ReadonlySet<string>): boolean {
  const least = Math.min(one.topic.size, other.topic.size);
  if (one.topic.size === 0 && other.topic.size === 0) return one.group !== other.group;
  if (least === 0) {
    const named = one.topic.size === 0 ? other.topic : one.topic;
    return one.group !== other.group && shared(named, campaign) === named.size;
  }
  return one.group === other.group ? sameWords(one, other) : isWithin(one, other);
}

/** In one list, "delivery in 2 days" and "delivery abroad in 5 days" stand beside each other on purpose. */
function sameDuration(one: ToldFigure, other: ToldFigure, campaign: ReadonlySet<string>): boolean {
  if (one.purpose === 'length') return sameWords(one, other);
  if (one.group !== other.group) return sameSubject(one, other);
  const [first, second] = [one, other].map(({ topic }) =>
    [...topic].filter((word) => !campaign.has(word)),
  );
  return (
    first?.length === second?.length && first?.every((word) => second?.includes(word)) === true
  );
}

function sameSubject(one: ToldFigure, other: ToldFigure): boolean {
  return Math.min(one.topic.size, other.topic.size) === 0 || isWithin(one, other);
}

/** Whether all that one is about, the other is about as well. */
function isWithin(one: ToldFigure, other: ToldFigure): boolean {
  return overlaps(one, other, 1);
}

function overlaps(one: ToldFigure, other: ToldFigure, least: number): boolean {
  const common = shared(one.topic, other.topic);
  return common > 0 && common >= Math.min(one.topic.size, other.topic.size) * least;
}

function sameWords(one: ToldFigure, other: ToldFigure): boolean {
  return one.topic.size > 0 && one.topic.size === other.topic.size && isWithin(one, other);
}
