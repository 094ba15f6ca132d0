import type { AudienceSegment, Fact } from '../../requirements/artifact.ts';
import type { Strategy } from '../artifact.ts';
import type { Material } from './gather-material.ts';
import { overlap, subjectWords } from './words.ts';
import { sentence } from './wording.ts';

type SegmentPlan = Strategy['segments'][number];

const POINTS_PER_SEGMENT = 2;

/**
 * Gives each segment its message: the key messages that share most words with the segment, and the offer.
 *
 * @param lead - A fact that every message begins with, if a reviewer asked for one.
 */
export function planSegments(material: Material, lead?: Fact): readonly SegmentPlan[] {
  return material.segments.map((segment) => planSegment(material, segment, lead));
}

function planSegment(
  material: Material,
  segment: AudienceSegment,
  lead: Fact | undefined,
): SegmentPlan {
  const { offer, phrases, word } = material;
  const chosen = pointsFor(material, segment);
  const others = chosen.points.filter(({ id }) => id !== lead?.id && id !== offer?.id);
  const points =
    lead === undefined || lead.id === offer?.id ? others : [lead, ...others.slice(0, 1)];
  const offerLeads = lead === undefined ? !chosen.fitting : lead.id === offer?.id;
  const point = points.map(({ text }) => sentence(text)).join(' ');
  const parts = [
    messagePhrase(
      { hasOffer: offer !== undefined, hasPoint: points.length > 0, offerLeads },
      material,
    ),
  ];
  const description = segment.description.trim();
  if (description !== '' && description !== segment.name.trim())
    parts.push(phrases.message.speakTo);
  return {
    id: segment.id,
    name: segment.name,
    message: word(parts.join(' '), {
      offer: sentence(offer?.text ?? ''),
      point: points.length > 0 ? point : sentence(offer?.text ?? ''),
      description: sentence(description),
    }),
    traces: unique([
      segment.id,
      ...(offer === undefined ? [] : [offer.id]),
      ...points.map(({ id }) => id),
    ]),
  };
}

interface Parts {
  readonly hasOffer: boolean;
  readonly hasPoint: boolean;
  readonly offerLeads: boolean;
}

function messagePhrase({ hasOffer, hasPoint, offerLeads }: Parts, { phrases }: Material): string {
  if (!hasOffer || !hasPoint) return phrases.message.alone;
  return offerLeads ? phrases.message.offerFirst : phrases.message.pointFirst;
}

interface ChosenPoints {
  readonly points: readonly Fact[];
  /** Whether the segment's own words chose them. */
  readonly fitting: boolean;
}

function pointsFor(material: Material, segment: AudienceSegment): ChosenPoints {
  const { points, segments } = material;
  const score = (fact: Fact, { name, description }: AudienceSegment): number =>
    overlap(subjectWords(fact.text), subjectWords(name, description));
  const fitting = points
    .map((fact) => ({ fact, score: score(fact, segment) }))
    .filter((candidate) => candidate.score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ fact }) => fact);
  if (fitting.length > 0) return { points: fitting.slice(0, POINTS_PER_SEGMENT), fitting: true };
  const unclaimed = points.filter((fact) => segments.every((other) => score(fact, other) === 0));
  return { points: (unclaimed.length > 0 ? unclaimed : points).slice(0, 1), fitting: false };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
