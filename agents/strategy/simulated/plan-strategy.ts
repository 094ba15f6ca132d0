import { isSupportedAction, type Strategy } from '../artifact.ts';
import type { Material } from './gather-material.ts';
import { planRisks } from './plan-risks.ts';
import { planSegments } from './plan-segments.ts';
import { planSequence } from './plan-sequence.ts';
import { clipped } from './wording.ts';

const TITLE_CHARACTERS = 100;
/** A playful subject line has to be short to work. */
const PLAYFUL_IS_SHORTER_BY = 5;

/** Plans a campaign by rules alone. The plan is a function of `material`: nothing else decides. */
export function planStrategy(material: Material): Strategy {
  const { requirements, phrases, word, manner, anchor } = material;
  const { title, objective, tone } = requirements;
  const segments = planSegments(material);
  const sequence = planSequence(material);
  return {
    title:
      title === null
        ? word(phrases.titleBare)
        : word(phrases.title, { title: clipped(title.text, TITLE_CHARACTERS) }),
    language: requirements.language,
    objective: { text: objective?.text ?? phrases.objectiveBare, traces: [anchor] },
    tone: { text: word(tone?.text ?? phrases.toneBare), traces: [tone?.id ?? anchor] },
    segments: [...segments],
    sequence: [...sequence.steps],
    subjectLines: {
      approach: word(phrases.subjectLines[manner]),
      maxCharacters: phrases.maxCharacters - (manner === 'playful' ? PLAYFUL_IS_SHORTER_BY : 0),
      traces: [tone?.id ?? anchor],
    },
    callToAction: planAction(material),
    risks: [...planRisks(material, [...segments], sequence)],
    measures: [...planMeasures(material)],
  };
}

/** The brief's call to action, or a plain one without it or when leaving out what must not be said tears its words apart. */
function planAction({
  requirements,
  phrases,
  word,
  kind,
  anchor,
}: Material): Strategy['callToAction'] {
  const { callToAction } = requirements;
  const told = word(callToAction?.text ?? '');
  return callToAction !== null && isSupportedAction(told, requirements)
    ? { text: told, traces: [callToAction.id] }
    : { text: word(phrases.action[kind]), traces: [anchor] };
}

function planMeasures({
  requirements,
  phrases,
  word,
  kind,
  anchor,
}: Material): Strategy['measures'] {
  const { metrics } = requirements;
  if (metrics.length > 0)
    return metrics.map(({ id, text }) => ({ text: word(text), traces: [id] }));
  const { opens, clicks, unsubscribes, outcome } = phrases.measure;
  return [outcome[kind], clicks, opens, unsubscribes].map((text) => ({
    text: word(text),
    traces: [anchor],
  }));
}
