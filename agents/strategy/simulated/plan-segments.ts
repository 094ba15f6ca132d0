import type { AudienceSegment, Fact } from '../../requirements/artifact.ts';
import type { Strategy } from '../artifact.ts';
import type { Material } from './gather-material.ts';
import { overlap, stem, subjectWords } from './words.ts';
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
  const own = ownWords(material, segment);
  const { points, offerLeads } = ordered(pointsFor(material, segment, own), lead, offer);
  const told = points.length === 0 && offer !== undefined ? [offer] : points;
  const hasBoth = offer !== undefined && points.length > 0;
  const parts = [messagePhrase(hasBoth, offerLeads, material)];
  const who = own.who.trim();
  if (who !== '' && who !== segment.name.trim()) parts.push(phrases.message.speakTo);
  if (own.need !== '') parts.push(phrases.message.need);
  const ids = told.map(({ id }) => id);
  return {
    id: segment.id,
    name: segment.name,
    message: word(parts.join(' '), {
      offer: [...own.offers, ...(offer === undefined ? [] : [offer.text])].map(sentence).join(' '),
      point: told.map(({ text }) => sentence(text)).join(' '),
      description: sentence(who),
      need: sentence(own.need),
    }),
    // In the order in which the email is to tell them.
    traces: unique([
      segment.id,
      ...(hasBoth && offerLeads ? [offer.id] : []),
      ...ids,
      ...(hasBoth ? [offer.id] : []),
    ]),
  };
}

/** What the brief says of one segment only, without what must not be said. */
interface OwnWords {
  readonly who: string;
  readonly need: string;
  readonly offers: readonly string[];
  readonly messages: readonly Fact[];
}

function ownWords({ forbidden, offer }: Material, segment: AudienceSegment): OwnWords {
  const { id, details = [], sources } = segment;
  const texts = (kind: (typeof details)[number]['kind']): readonly string[] =>
    details
      .filter((each) => each.kind === kind && forbidden.saidIn(each.text).length === 0)
      .map(({ text }) => text);
  const [offers, messages] = [texts('offer'), texts('message')];
  // Without a general offer the segment's own is what its email tells.
  const told = offer === undefined ? [...messages, ...offers] : messages;
  return {
    who: details.length === 0 ? segment.description : texts('who').join('; '),
    need: texts('need').join('; '),
    offers: offer === undefined ? [] : offers,
    messages: told.map((text) => ({ id, text, sources })),
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

function pointsFor(material: Material, segment: AudienceSegment, own: OwnWords): ChosenPoints {
  const { points, segments, requirements } = material;
  const telling = distinctiveIn(points, requirements.sender.name?.text ?? '');
  const score = (fact: Fact, { name, description }: AudienceSegment): number => {
    if (!namesOnly(fact.text, name, segments)) return 0;
    return (
      overlap(telling(fact), subjectWords(name, description)) +
      (saysOf(requirements.objective?.text ?? '', name, fact.text) ? WISHED : 0)
    );
  };
  const fitting = points
    .map((fact) => ({ fact, score: score(fact, segment) }))
    .filter((candidate) => candidate.score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ fact }) => fact);
  const chosen = [...own.messages, ...fitting].slice(0, POINTS_PER_SEGMENT);
  if (chosen.length > 0) return { points: chosen, fitting: true };
  const unclaimed = points.filter((fact) => segments.every((other) => score(fact, other) === 0));
  return { points: (unclaimed.length > 0 ? unclaimed : points).slice(0, 1), fitting: false };
}

/** What the objective wants told to a segment counts more than any words in common. */
const WISHED = 10;

/** "remind families that the flu clinic has moved" wants families told "the flu clinic has moved". */
function saysOf(objective: string, name: string, point: string): boolean {
  const [aim, said] = [objective, point].map((text) => text.toLowerCase().replace(/[\s.!]+$/u, ''));
  return aim?.includes(name.toLowerCase()) === true && aim.includes(said ?? '');
}

/** The words of a point that no other point has and that are no part of the sender's name: others tell no segment apart. */
function distinctiveIn(points: readonly Fact[], sender: string): (fact: Fact) => readonly string[] {
  const words = new Map(points.map(({ id, text }) => [id, subjectWords(text)]));
  const holders = new Map<string, number>();
  for (const each of [...words.values(), subjectWords(sender)])
    for (const one of new Set(each.map(stem))) holders.set(one, (holders.get(one) ?? 0) + 1);
  return ({ id }) => (words.get(id) ?? []).filter((word) => holders.get(stem(word)) === 1);
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
