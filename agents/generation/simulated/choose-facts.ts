import { sentenceTexts, type Requirements } from '../../requirements/artifact.ts';
import { isGoalDate, type Strategy } from '../../strategy/artifact.ts';
import { NothingToTellError } from '../errors.ts';
import { factIndex, type TraceableFact } from '../reading/fact-index.ts';
import { oneLine } from '../reading/plain-text.ts';
import { sayable } from '../reading/forbidden.ts';
import { skeleton } from '../reading/skeleton.ts';
import {
  closingSentence,
  deadlineTold,
  isBareDeadline,
  isInnerDeadline,
  saysDate,
  saysWhatEnds,
  withoutToldDates,
} from './deadlines.ts';
import { asTold, type Listener } from './spoken/as-told.ts';
import type { Told } from './told.ts';

type Plan = Strategy['segments'][number];
type Step = Strategy['sequence'][number];

/** What one email tells, most important first, and the phrases that have to stand in it. */
export interface Choice {
  readonly told: readonly Told[];
  readonly mustSay: readonly Told[];
  /** Deadlines of the step that say in their first words that something ends. */
  readonly ends: readonly Told[];
}

/**
 * Chooses what the email of a step tells a segment: the facts of the step, the deadlines that bind it, and when the campaign
 * is announced the points that the strategy keeps for this segment. Facts that name another segment, or say what must not be
 * said, are left out.
 *
 * @throws {@link NothingToTellError} if nothing is left.
 */
export function chooseFacts(
  requirements: Requirements,
  strategy: Strategy,
  place: { step: Step; segment: string },
): Choice {
  const { step, segment } = place;
  const index = factIndex(requirements);
  const plan = strategy.segments.find(({ id }) => id === segment);
  const maySay = sayable(requirements);
  const { offer, language } = requirements;
  const listener = { language, segment: plan?.name ?? '' };
  const chosen = [...new Set(orderedIds(step, plan, { plans: strategy.segments, offer }))]
    .map((id) => index.get(id))
    .filter((fact) => fact !== undefined)
    .flatMap((fact) => toldOf(fact, { requirements, listener, step }))
    .filter(({ kind, text }) => kind !== 'inner' && kind !== 'segment' && maySay(text))
    // What spoke of a person is no news for readers, also with the identifier left out.
    .filter(({ text }) => !text.includes('[withheld]'));
  const tellable = chosen.filter(
    ({ kind }) => kind === 'offer' || kind === 'told' || kind === 'deadline',
  );
  const others = strategy.segments.filter(({ id }) => id !== segment);
  const meant = tellable.filter(({ text }) => !namesAnother(text, plan, others));
  const own = ownWords(requirements, segment).filter(({ text }) => maySay(text));
  const told = [
    step.purpose === 'last-call' || step.purpose === 'remind'
      ? [...meant, ...own]
      : [...own, ...meant],
    tellable,
    fallback(requirements, index).filter(
      ({ text }) => maySay(text) && !text.includes('[withheld]'),
    ),
    chosen,
  ].find((list) => list.length > 0);
  if (told === undefined) throw new NothingToTellError(step.id);
  const news = withoutAction(told, requirements.callToAction?.text ?? '');
  return {
    told: withoutToldDates(
      withoutRepeats(lead(withClosing(news, { requirements, step }), step)),
      language,
    ),
    mustSay: requirements.constraints.mustSay.map(mustSay),
    ends: chosen.filter(({ kind, text }) => kind === 'deadline' && saysWhatEnds(text)),
  };
}

/** A fact sentence by sentence, as this segment may be told it. */
function toldOf(
  { id, texts, kind }: TraceableFact,
  { requirements, listener, step }: Readers,
): readonly Told[] {
  const [text = '', date] = texts;
  if (kind === 'deadline') {
    if (isInnerDeadline(text) || isGoalDate(requirements, { text })) return [];
    const said = deadlineTold({ text, date }, listener, step.purpose === 'last-call');
    const offered = requirements.offer?.text.includes(text) === true;
    return said === undefined ? [] : [{ id, text: said, kind: offered ? 'offer' : kind }];
  }
  const speaks = kind === 'offer' || kind === 'told';
  return sentenceTexts(text).flatMap((sentence) => {
    const said = speaks ? asTold(sentence, listener) : sentence;
    return said === undefined ? [] : [{ id, text: said, kind }];
  });
}

interface Readers {
  readonly requirements: Requirements;
  readonly listener: Listener;
  readonly step: Step;
}

/** A last call says when it is too late, by the date that was read where the words do not hold it. */
function withClosing(
  told: readonly Told[],
  { requirements, step }: Pick<Readers, 'requirements' | 'step'>,
): readonly Told[] {
  if (step.purpose !== 'last-call') return told;
  const bound = [...step.facts, ...step.traces];
  const deadline = requirements.deadlines.find(
    ({ id, text }) =>
      bound.includes(id) && !isInnerDeadline(text) && !isGoalDate(requirements, { text }),
  );
  const { language } = requirements;
  if (deadline === undefined || deadline.date === null) return told;
  const { id, date } = deadline;
  const texts = told.map(({ text }) => text);
  return saysDate(texts, date, language)
    ? told
    : [...told, { id, text: closingSentence(date, language), kind: 'deadline' }];
}

/**
 * The step's facts and the deadlines that bind it, with what the strategy keeps for this segment: in front where the campaign is
 * announced or taken up again, unless its message opens with the offer; else those of the step's own facts in front, and one
 * more behind them.
 */
function orderedIds(
  step: Step,
  plan: Plan | undefined,
  { plans, offer }: { readonly plans: readonly Plan[]; readonly offer: Requirements['offer'] },
): readonly string[] {
  const tellsAll = (id: string): boolean => plans.every(({ traces }) => traces.includes(id));
  const kept = (plan?.traces ?? []).filter((id) => id !== plan?.id);
  const own = kept.filter((id) => !tellsAll(id));
  const deadlines = step.traces.filter(
    (id) => !step.facts.includes(id) && id.startsWith('deadline'),
  );
  if (step.purpose === 'announce' || step.purpose === 'follow-up') {
    if (offer === null || !opensWith(offer, plan)) return [...own, ...step.facts, ...deadlines];
    const opening = step.purpose === 'announce' ? [offer.id] : [];
    return [...opening, ...step.facts, ...own, ...deadlines];
  }
  const fitting = step.facts.filter((id) => own.includes(id) && id !== offer?.id);
  const rest = step.facts.filter((id) => !fitting.includes(id));
  return [...fitting, ...rest, ...(fitting.length > 0 ? [] : own.slice(0, 1)), ...deadlines];
}

/** Whether the strategy has this segment told the offer before anything else. */
function opensWith(offer: NonNullable<Requirements['offer']>, plan: Plan | undefined): boolean {
  const first = plan?.traces.find((id) => id !== plan.id);
  return first === offer.id && words(plan?.message ?? '').includes(words(offer.text));
}

/** What the brief says to this segment only, in its own words. */
function ownWords({ audience }: Requirements, segment: string): readonly Told[] {
  const details = audience.find(({ id }) => id === segment)?.details ?? [];
  return details
    .flatMap(({ kind, text }): Told[] =>
      kind === 'offer' || kind === 'message'
        ? sentenceTexts(text).map((said) => ({
            id: segment,
            text: said,
            kind: kind === 'offer' ? 'offer' : 'told',
          }))
        : [],
    )
    .filter(({ text }) => !text.includes('[withheld]'));
}

// What ends comes first in a last call, and nowhere else.
function lead(told: readonly Told[], step: Step): readonly Told[] {
  const dated = told.filter(({ kind }) => kind === 'deadline');
  const deadlines = dated.filter(({ text }) => !isBareDeadline(text));
  const bare = dated.filter(({ text }) => isBareDeadline(text));
  const rest = told.filter(({ kind }) => kind !== 'deadline');
  return step.purpose === 'last-call'
    ? [...deadlines, ...rest, ...bare]
    : [...rest, ...deadlines, ...bare];
}

function fallback(
  requirements: Requirements,
  index: ReadonlyMap<string, TraceableFact>,
): readonly Told[] {
  const { offer, keyMessages, callToAction } = requirements;
  return [offer, ...keyMessages, callToAction]
    .filter((fact) => fact !== null)
    .map(({ id, text }) => ({ id, text, kind: index.get(id)?.kind ?? 'told' }));
}

/** The button says what to do; a fact that says the same is told only where nothing else is. */
function withoutAction(told: readonly Told[], action: string): readonly Told[] {
  const rest = told.filter(({ text }) => words(text) !== words(action));
  return rest.length > 0 ? rest : told;
}

function namesAnother(text: string, plan: Plan | undefined, others: readonly Plan[]): boolean {
  const said = words(text);
  if (plan !== undefined && said.includes(words(plan.name))) return false;
  return others.some(({ name }) => said.includes(words(name)));
}

// Between spaces, so that only whole words are found.
function words(text: string): string {
  return ` ${(skeleton(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;
}

function withoutRepeats(told: readonly Told[]): readonly Told[] {
  const texts = told.map(({ text }) => oneLine(text).toLowerCase());
  return told.filter((_, index) => {
    const text = texts[index] ?? '';
    return !texts.some(
      (other, position) =>
        position !== index && other.includes(text) && (other !== text || position < index),
    );
  });
}

function mustSay({ id, text }: { readonly id: string; readonly text: string }): Told {
  return { id, text, kind: 'must-say' };
}
