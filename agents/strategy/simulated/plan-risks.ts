import type { Strategy } from '../artifact.ts';
import type { RiskKind } from '../phrases/phrases.ts';
import type { Material } from './gather-material.ts';
import type { PlannedSequence } from './plan-sequence.ts';
import { clipped, sentence } from './wording.ts';

type Risk = Strategy['risks'][number];
type Segments = Strategy['segments'];

const QUOTE_CHARACTERS = 140;
const FEW_FACTS = 2;

/** Names what may go wrong with a plan, from what the requirements hold and lack. */
export function planRisks(
  material: Material,
  segments: Segments,
  { tight, fewer }: Pick<PlannedSequence, 'tight' | 'fewer'>,
): readonly Risk[] {
  const wish = material.requirements.wishedEmails;
  return [
    ...(fewer && wish !== null ? [risk(material, 'fewer', { traces: [wish.id] })] : []),
    ...timeRisks(material, tight),
    ...wordingRisks(material),
    ...contentRisks(material),
    ...audienceRisks(material, segments),
  ];
}

function timeRisks(material: Material, tight: boolean): readonly Risk[] {
  const { calendar, anchor } = material;
  const [first] = calendar.closings;
  const ids = calendar.closings.map(({ id }) => id);
  // What ends on one day is one date, however often the brief says it.
  const several = new Set(calendar.closings.map(({ date }) => date)).size > 1;
  return [
    ...(first === undefined ? [risk(material, 'no-closing', { traces: [anchor] })] : []),
    ...(first !== undefined && !several
      ? [risk(material, 'one-date', { traces: ids, deadline: first.text })]
      : []),
    ...(several ? [risk(material, 'many-dates', { traces: ids })] : []),
    ...(tight
      ? [
          risk(material, 'tight', {
            traces: [...(calendar.opening === undefined ? [] : [calendar.opening.id]), ...ids],
          }),
        ]
      : []),
    ...calendar.preparations.map(({ id, text }) =>
      risk(material, 'preparation', { traces: [id], deadline: text }),
    ),
    ...calendar.goals.map(({ id, text }) =>
      risk(material, 'goal-date', { traces: [id], deadline: text }),
    ),
    ...calendar.undated.map(({ id, text }) =>
      risk(material, 'undated', { traces: [id], deadline: text }),
    ),
  ];
}

function wordingRisks(material: Material): readonly Risk[] {
  const { requirements, conflicts } = material;
  const { mustNotSay } = requirements.constraints;
  return [
    ...conflicts.map(({ id, forbiddenBy }) =>
      risk(material, 'conflict', { traces: [id, ...forbiddenBy] }),
    ),
    ...(mustNotSay.length > 0
      ? [risk(material, 'wording', { traces: mustNotSay.map(({ id }) => id) })]
      : []),
    ...requirements.complianceNotes.map(({ id, text }) =>
      risk(material, 'regulated', { traces: [id], note: text }),
    ),
  ];
}

function contentRisks(material: Material): readonly Risk[] {
  const { requirements, offer, points, anchor } = material;
  const told = [...(offer === undefined ? [] : [offer.id]), ...points.map(({ id }) => id)];
  return [
    ...(told.length <= FEW_FACTS ? [risk(material, 'thin', { traces: told })] : []),
    ...(requirements.metrics.length === 0
      ? [risk(material, 'no-metrics', { traces: [anchor] })]
      : []),
    ...actionRisks(material),
    ...(requirements.withheld.length > 0 ? [risk(material, 'withheld', { traces: [anchor] })] : []),
  ];
}

/** That the brief names no call to action, or that its own could not be taken word for word. */
function actionRisks(material: Material): readonly Risk[] {
  const { callToAction } = material.requirements;
  if (callToAction === null) return [risk(material, 'no-action', { traces: [material.anchor] })];
  if (material.word(callToAction.text) === callToAction.text) return [];
  const forbiddenBy = material.forbidden.saidIn(callToAction.text);
  return [
    risk(material, 'action-changed', {
      traces: [callToAction.id, ...forbiddenBy],
      note: callToAction.text,
    }),
  ];
}

function audienceRisks(material: Material, segments: Segments): readonly Risk[] {
  const ids = segments.map(({ id }) => id);
  if (ids.length === 1) return [risk(material, 'one-segment', { traces: ids })];
  const particular = new Set(
    material.segments
      .filter(({ details = [] }) =>
        details.some(({ kind }) => kind === 'offer' || kind === 'message'),
      )
      .map(({ id }) => id),
  );
  const messages = segments.map(({ id, traces }) =>
    traces.filter((trace) => trace !== id || particular.has(id)).join(' '),
  );
  const sharing = ids.filter((_id, index) =>
    messages.some((message, other) => other !== index && message === messages[index]),
  );
  if (sharing.length === 0) return [];
  const names = segments.filter(({ id }) => sharing.includes(id)).map(({ name }) => name);
  return [risk(material, 'same-message', { traces: sharing, segments: names.join(', ') })];
}

interface RiskContent {
  readonly traces: readonly string[];
  readonly deadline?: string;
  readonly note?: string;
  readonly segments?: string;
}

function risk({ phrases, word }: Material, kind: RiskKind, content: RiskContent): Risk {
  const { text, mitigation } = phrases.risk[kind];
  const quoted = sentence(clipped(content.deadline ?? content.note ?? '', QUOTE_CHARACTERS));
  return {
    text: word(text, { deadline: quoted, note: quoted, segments: content.segments ?? '' }),
    mitigation: word(mitigation),
    traces: [...new Set(content.traces)],
  };
}
