import type { Fact } from '../../requirements/artifact.ts';
import type { SequenceStep } from '../artifact.ts';
import { dateAfter, earlier } from '../judging/calendar.ts';
import { chooseSlots, type Slots } from './slots/choose-slots.ts';
import type { Material } from './gather-material.ts';
import { lastDayOf } from './slots/set-days.ts';
import type { Slot } from './slots/slot.ts';
import { clipped } from './wording.ts';

/** Longest quotation of a fact in a title, in characters. */
const QUOTE_CHARACTERS = 80;
const POINTS_TO_ANNOUNCE = 2;

/** The sequence of emails, and whether it had to be squeezed. */
export interface PlannedSequence {
  readonly steps: readonly SequenceStep[];
  readonly tight: boolean;
  /** Whether it has fewer emails than the brief wishes, for lack of time. */
  readonly fewer: boolean;
}

/** Plans which emails go out, when, and what each of them tells. */
export function planSequence(material: Material): PlannedSequence {
  const planned = chooseSlots(material);
  const facts = factsPerSlot(planned.slots, material);
  const steps = planned.slots.map((slot, index) =>
    planStep({ slot, index, planned, told: facts[index] ?? [] }, material),
  );
  return { steps, tight: planned.tight, fewer: planned.fewer };
}

/** Title and subject line of an email that leads with `text`. */
export function headings(
  purpose: SequenceStep['purpose'],
  text: string,
  { phrases, word }: Material,
): Pick<SequenceStep, 'title' | 'subjectApproach'> {
  const fact = clipped(text, QUOTE_CHARACTERS);
  return {
    title: word(phrases.step[purpose], { fact }),
    subjectApproach: word(phrases.subject[purpose], { fact }),
  };
}

interface Draft {
  readonly slot: Slot;
  readonly index: number;
  readonly planned: Slots;
  readonly told: readonly Fact[];
}

function planStep({ slot, index, planned, told }: Draft, material: Material): SequenceStep {
  const { requirements, segments, mustSay, regulated } = material;
  const { purpose, closing } = slot;
  const content = told.map(({ id }) => id);
  const dates = purpose === 'explain' || closing === undefined ? [] : [closing.id];
  const ids = purpose === 'last-call' ? [...dates, ...content] : [...content, ...dates];
  const facts = unique([...ids, ...mustSay.map(({ id }) => id)]);
  const lead = purpose === 'last-call' ? (closing ?? told[0]) : told[0];
  const rules =
    purpose === 'explain' && regulated ? requirements.complianceNotes.map(({ id }) => id) : [];
  const because = [closing?.id, toldOpening(index, material), planned.countedBy].filter(
    (id) => id !== undefined,
  );
  return {
    id: `step-${index + 1}`,
    purpose,
    ...headings(purpose, lead?.text ?? '', material),
    dayOffset: slot.dayOffset,
    notAfter: notAfter(index, planned.slots, material),
    segments: segments.map(({ id }) => id),
    facts,
    traces: unique([...facts, ...because, ...rules]),
  };
}

/** An opening that readers may know of. When the first email is due is our own business, so no email rests on it. */
function toldOpening(index: number, material: Material): string | undefined {
  const opening = opensWith(index, material);
  return opening === undefined || opening.internal ? undefined : opening.id;
}

function opensWith(index: number, { calendar }: Material): Material['calendar']['opening'] {
  return index === 0 ? calendar.opening : undefined;
}

/** The last day that still leaves every later email its distance, and the last one a day before its deadline. */
function notAfter(index: number, slots: readonly Slot[], material: Material): string | null {
  const slot = slots[index];
  const { closing } = slot ?? {};
  const opening = opensWith(index, material);
  if (slot === undefined || closing === undefined) return opening?.date ?? slot?.on ?? null;
  const lastDay =
    slots.findLast((other) => other.closing?.id === closing.id)?.dayOffset ?? slot.dayOffset;
  const latest = dateAfter(
    lastDayOf(material.calendar, closing) ?? closing.date,
    slot.dayOffset - lastDay,
  );
  return opening === undefined ? latest : earlier(latest, opening.date);
}

/** What each email tells: every one the offer, every point is told, and no two emails in a row lead with the same one. */
function factsPerSlot(
  slots: readonly Slot[],
  { offer, points }: Material,
): readonly (readonly Fact[])[] {
  const offers = offer === undefined ? [] : [offer];
  const rest = points.slice(1);
  const explaining = slots.filter(({ purpose }) => purpose === 'explain').length;
  let explained = 0;
  return slots.map(({ purpose }) => {
    switch (purpose) {
      case 'announce': {
        const first = offers.length > 0 ? points.slice(0, 1) : points.slice(0, POINTS_TO_ANNOUNCE);
        return explaining > 0 || slots.length > 1 ? [...offers, ...first] : [...offers, ...points];
      }
      case 'explain': {
        const share = Math.ceil(rest.length / explaining);
        const part = rest.slice(explained * share, (explained + 1) * share);
        explained += 1;
        return unique([...firstFilled(part, points), ...offers]);
      }
      case 'remind':
        return [...firstFilled(otherSide(points, offers.length > 0), offers), ...offers];
      case 'follow-up':
        return [...firstFilled(points.slice(-1), offers), ...offers];
      case 'last-call':
        return firstFilled(offers, points.slice(0, 1));
    }
  });
}

/** A point that neither the announcement nor the explanation leads with, if there is one. */
function otherSide(points: readonly Fact[], offerAnnounced: boolean): readonly Fact[] {
  const announced = offerAnnounced ? 0 : 1;
  if (points.length - announced > 2) return points.slice(-1);
  return offerAnnounced ? points.slice(0, 1) : points.slice(-1);
}

function firstFilled(...lists: readonly (readonly Fact[])[]): readonly Fact[] {
  return lists.find((list) => list.length > 0) ?? [];
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
