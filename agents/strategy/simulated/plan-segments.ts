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
  const { points, offerLeads } = ordered(pointsFor(material, segment), lead, offer);
  const told = points.length === 0 && offer !== undefined ? [offer] : points;
  const hasBoth = offer !== undefined && points.length > 0;
  const parts = [messagePhrase(hasBoth, offerLeads, material)];
  const description = segment.description.trim();
  if (description !== '' && description !== segment.name.trim()) {
    parts.push(phrases.message.speakTo);
  }
  return {
    id: segment.id,
    name: segment.name,
    message: word(parts.join(' '), {
      offer: sentence(offer?.text ?? ''),
      point: told.map(({ text }) => sentence(text)).join(' '),
      description: sentence(description),
    }),
    traces: unique([segment.id, ...(hasBoth ? [offer.id] : []), ...told.map(({ id }) => id)]),
  };
}

/** The points besides the offer, the reviewer's lead in front, and whether the offer comes before them. */
function ordered(
  chosen: ChosenPoints,
  lead: Fact | undefined,
  offer: Fact | undefined,
): { readonly points: readonly Fact[]; readonly offerLeads: boolean } {
  if (lead === undefined) return { points: chosen.points, offerLeads: !chosen.fitting };
  const others = chosen.points.filter(({ id }) => id !== lead.id);
  if (lead.id === offer?.id) return { points: others, offerLeads: true };
  return { points: [lead, ...others.slice(0, POINTS_PER_SEGMENT - 1)], offerLeads: false };
}

function messagePhrase(hasBoth: boolean, offerLeads: boolean, { phrases }: Material): string {
  if (!hasBoth) return phrases.message.alone;
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
    namesOnly(fact.text, name, segments)
      ? overlap(subjectWords(fact.text), subjectWords(name, description))
      : 0;
  const fitting = points
    .map((fact) => ({ fact, score: score(fact, segment) }))
    .filter((candidate) => candidate.score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ fact }) => fact);
  if (fitting.length > 0) return { points: fitting.slice(0, POINTS_PER_SEGMENT), fitting: true };
  const unclaimed = points.filter((fact) => segments.every((other) => score(fact, other) === 0));
  return { points: (unclaimed.length > 0 ? unclaimed : points).slice(0, 1), fitting: false };
}

/** Whether a text names no segment, or this one among others: what names another segment is not for this one. */
function namesOnly(text: string, name: string, segments: readonly AudienceSegment[]): boolean {
  const said = text.toLowerCase();
  const named = segments.filter((other) => said.includes(other.name.toLowerCase()));
  return named.length === 0 || named.some((other) => other.name === name);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
