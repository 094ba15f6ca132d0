import {
  factsOf,
  type AudienceSegment,
  type Fact,
  type Requirements,
} from '../../requirements/artifact.ts';
import { NothingToPlanError } from '../errors.ts';
import { calendarOf, type Calendar } from '../judging/calendar.ts';
import { forbiddenPhrases, type ForbiddenPhrases } from '../judging/forbidden-phrases.ts';
import { phrasesByLanguage } from '../phrases/phrases-by-language.ts';
import type { Manner, ObjectiveKind, Phrases } from '../phrases/phrases.ts';
import { mannerOf, objectiveKind } from './read-intent.ts';
import { createWording, type Wording } from './wording.ts';

/** What a plan is made of: the requirements, sorted by what can be done with them. */
export interface Material {
  readonly requirements: Requirements;
  readonly phrases: Phrases;
  readonly word: Wording;
  readonly forbidden: ForbiddenPhrases;
  readonly calendar: Calendar;
  readonly kind: ObjectiveKind;
  readonly manner: Manner;
  /** Whether rules of a trade bind what may be said, so that explaining comes before pressing. */
  readonly regulated: boolean;
  readonly segments: readonly AudienceSegment[];
  readonly offer: Fact | undefined;
  /** What can be told besides the offer, most important first; never empty when there is no offer. */
  readonly points: readonly Fact[];
  readonly mustSay: readonly Fact[];
  /** What the brief wants told and forbids at once, with what forbids it. */
  readonly conflicts: readonly { readonly id: string; readonly forbiddenBy: readonly string[] }[];
  /** What a choice rests on when the brief says nothing more particular. */
  readonly anchor: string;
}

const REGULATED_FROM = 2;

/**
 * Sorts requirements by what a plan can do with them.
 *
 * @throws {@link NothingToPlanError} without a segment, or without a single fact.
 */
export function gatherMaterial(requirements: Requirements): Material {
  const { constraints, complianceNotes } = requirements;
  const forbidden = forbiddenPhrases(constraints);
  const segments = requirements.audience.filter(
    ({ id }, index, all) => all.findIndex((other) => other.id === id) === index,
  );
  const fallback = fallbackPoint(requirements);
  if (segments.length === 0) throw new NothingToPlanError('audience');
  if (fallback === undefined) throw new NothingToPlanError('content');

  const regulated = complianceNotes.length >= REGULATED_FROM;
  return {
    requirements,
    phrases: phrasesByLanguage[requirements.language],
    word: createWording(requirements, forbidden),
    forbidden,
    calendar: calendarOf(requirements),
    regulated,
    segments,
    mustSay: constraints.mustSay,
    ...intentOf(requirements, regulated),
    ...tellable(requirements, forbidden, fallback),
    anchor: requirements.objective?.id ?? fallback.id,
  };
}

function intentOf(
  { objective, callToAction, tone }: Requirements,
  regulated: boolean,
): Pick<Material, 'kind' | 'manner'> {
  return {
    kind: objectiveKind(`${objective?.text ?? ''} ${callToAction?.text ?? ''}`),
    manner: mannerOf(tone?.text ?? '') ?? (regulated ? 'formal' : 'plain'),
  };
}

/** Offer and points without what the brief wants told and forbids at once. */
function tellable(
  { offer, keyMessages, constraints }: Requirements,
  forbidden: ForbiddenPhrases,
  fallback: Fact,
): Pick<Material, 'offer' | 'points' | 'conflicts'> {
  const offers = offer === null ? [] : [offer];
  const allowed = ({ text }: Fact): boolean => forbidden.saidIn(text).length === 0;
  const told = offers.find(allowed);
  const points = keyMessages.filter(allowed);
  return {
    offer: told,
    points: told === undefined && points.length === 0 ? [fallback] : points,
    conflicts: [...offers, ...keyMessages, ...constraints.mustSay]
      .filter((fact) => !allowed(fact))
      .map(({ id, text }) => ({ id, forbiddenBy: forbidden.saidIn(text) })),
  };
}

/** What is told when there is neither an offer nor a key message that may be told. */
function fallbackPoint(requirements: Requirements): Fact | undefined {
  const { callToAction, title, objective, constraints } = requirements;
  const first = [constraints.mustSay[0], callToAction, title, objective].find(
    (fact) => fact !== null && fact !== undefined,
  );
  return first ?? factsOf(requirements)[0];
}
