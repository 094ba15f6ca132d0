import type { Fact } from '../../../requirements/artifact.ts';
import type { SequenceStep, Strategy } from '../../artifact.ts';
import { leastNeeded } from '../slots/choose-slots.ts';
import type { Material } from '../gather-material.ts';
import { planSegments } from '../plan-segments.ts';
import { headings } from '../plan-sequence.ts';
import { overlap, subjectWords } from '../words.ts';
import type { Dropped, Wish } from './read-comment.ts';

const SHORTER_SUBJECT_BY = 10;
const SHORTEST_SUBJECT = 30;
const FACTS_OF_SHORT_EMAIL = 1;

/** Changes `plan` as `wish` asks; undefined when the plan holds nothing to change. */
export function grantWish(plan: Strategy, wish: Wish, material: Material): Strategy | undefined {
  switch (wish.kind) {
    case 'at-most':
      return withAtMost(plan, wish.count, material);
    case 'fewer':
      return plan.sequence.length > wish.by
        ? withAtMost(plan, plan.sequence.length - wish.by, material)
        : undefined;
    case 'drop':
      return withoutSteps(plan, wish.which, material);
    case 'shorter-emails':
      return withShortEmails(plan, material);
    case 'shorter-subjects':
      return withShortSubjects(plan);
    case 'formality':
      return withFormality(plan, wish.more, material);
    case 'focus':
      return withFocus(plan, wish.on, material);
  }
}

function withAtMost(plan: Strategy, count: number, material: Material): Strategy | undefined {
  if (count > plan.sequence.length) return undefined;
  let sequence: readonly SequenceStep[] = plan.sequence;
  while (sequence.length > count) {
    const index = leastNeeded(sequence.map(({ purpose }) => purpose));
    if (index === undefined) break;
    sequence = sequence.toSpliced(index, 1);
  }
  return resequenced(plan, sequence, material);
}

function withoutSteps(plan: Strategy, which: Dropped, material: Material): Strategy | undefined {
  const unwanted = stepsMeant(plan.sequence, which);
  const sequence = plan.sequence.filter((step, index) => index === 0 || !unwanted.includes(step));
  return sequence.length === plan.sequence.length
    ? undefined
    : resequenced(plan, sequence, material);
}

function stepsMeant(sequence: readonly SequenceStep[], which: Dropped): readonly SequenceStep[] {
  const reminders = sequence.filter(
    ({ purpose }) => purpose === 'remind' || purpose === 'last-call',
  );
  switch (which) {
    case 'last-reminder':
      return reminders.slice(-1);
    case 'reminders':
      return reminders;
    case 'last':
      return sequence.slice(-1);
    case 'last-call':
    case 'follow-up':
    case 'explain':
      return sequence.filter(({ purpose }) => purpose === which);
  }
}

/** Numbers the steps again; what only a step that went would have told is told by the first email. */
function resequenced(
  plan: Strategy,
  sequence: readonly SequenceStep[],
  { mustSay }: Material,
): Strategy {
  const told = new Set(sequence.flatMap(({ facts }) => facts));
  const obligatory = mustSay.map(({ id }) => id);
  const untold = plan.sequence.flatMap(({ facts }) => facts).filter((id) => !told.has(id));
  const [first, ...later] = sequence;
  if (first === undefined) return plan;
  const own = first.facts.filter((id) => !obligatory.includes(id));
  const carried = {
    ...first,
    facts: unique([...own, ...untold, ...first.facts]),
    traces: unique([...first.traces, ...untold]),
  };
  return {
    ...plan,
    sequence: [carried, ...later].map((step, index) => ({ ...step, id: `step-${index + 1}` })),
  };
}

/** Leaves each email its most important fact, besides dates and what must be said. */
function withShortEmails(
  plan: Strategy,
  { mustSay, requirements }: Material,
): Strategy | undefined {
  const obligatory = new Set([...mustSay, ...requirements.deadlines].map(({ id }) => id));
  let changed = false;
  const sequence = plan.sequence.map((step) => {
    const chosen = step.facts.filter((id) => !obligatory.has(id)).slice(0, FACTS_OF_SHORT_EMAIL);
    const facts = step.facts.filter((id) => obligatory.has(id) || chosen.includes(id));
    changed ||= facts.length < step.facts.length;
    return { ...step, facts };
  });
  return changed ? { ...plan, sequence } : undefined;
}

function withShortSubjects(plan: Strategy): Strategy | undefined {
  const { maxCharacters } = plan.subjectLines;
  const shorter = Math.max(SHORTEST_SUBJECT, maxCharacters - SHORTER_SUBJECT_BY);
  if (shorter >= maxCharacters) return undefined;
  return { ...plan, subjectLines: { ...plan.subjectLines, maxCharacters: shorter } };
}

function withFormality(
  plan: Strategy,
  more: boolean,
  { requirements, phrases, word }: Material,
): Strategy {
  const tone = requirements.tone?.text ?? phrases.toneBare;
  const wish = more ? phrases.review.moreFormal : phrases.review.lessFormal;
  return {
    ...plan,
    tone: {
      ...plan.tone,
      text: word('{tone} ({wish})', { tone: tone.replace(/\.\s*$/, ''), wish }),
    },
    subjectLines: {
      ...plan.subjectLines,
      approach: word(more ? phrases.subjectLines.formal : phrases.subjectLines.warm),
    },
  };
}

function withFocus(plan: Strategy, on: string, material: Material): Strategy | undefined {
  const { offer, points, segments } = material;
  const wanted = subjectWords(on);
  const score = (...texts: readonly string[]): number => overlap(wanted, subjectWords(...texts));
  const facts = (offer === undefined ? points : [offer, ...points]).map((fact) => ({
    fact,
    score: score(fact.text),
  }));
  const groups = segments.map(({ id, name, description }) => ({
    id,
    score: score(name, description),
  }));
  const fact = best(facts);
  const group = best(groups);
  if (fact !== undefined && fact.score >= (group?.score ?? 0))
    return withLead(plan, fact.fact, material);
  if (group === undefined || groups.length < 2) return undefined;
  return withFirstSegment(plan, group.id);
}

function withLead(plan: Strategy, lead: Fact, material: Material): Strategy {
  const [first, ...later] = plan.sequence.map((step) => ({
    ...step,
    facts: unique([lead.id, ...step.facts]),
    traces: unique([lead.id, ...step.traces]),
  }));
  const led =
    first === undefined ? [] : [{ ...first, ...headings(first.purpose, lead.text, material) }];
  return { ...plan, segments: [...planSegments(material, lead)], sequence: [...led, ...later] };
}

function withFirstSegment(plan: Strategy, id: string): Strategy {
  const first = plan.segments.filter((segment) => segment.id === id);
  const others = plan.segments.filter((segment) => segment.id !== id);
  const sequence = plan.sequence.map((step) => ({
    ...step,
    segments: step.segments.toSorted((one, other) => Number(other === id) - Number(one === id)),
  }));
  return { ...plan, segments: [...first, ...others], sequence };
}

function best<Scored extends { readonly score: number }>(
  candidates: readonly Scored[],
): Scored | undefined {
  return candidates
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .at(0);
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
