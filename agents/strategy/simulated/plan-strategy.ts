import type { Strategy } from '../artifact.ts';
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
  const { requirements, phrases, word, manner, kind, anchor } = material;
  const { title, objective, tone, callToAction } = requirements;
  const segments = planSegments(material);
  const { steps, tight } = planSequence(material);
  return {
    title:
      title === null
        ? word(phrases.titleBare)
        : word(phrases.title, { title: clipped(title.text, TITLE_CHARACTERS) }),
    language: requirements.language,
    objective: { text: objective?.text ?? phrases.objectiveBare, traces: [anchor] },
    tone: { text: word(tone?.text ?? phrases.toneBare), traces: [tone?.id ?? anchor] },
    segments: [...segments],
    sequence: [...steps],
    subjectLines: {
      approach: word(phrases.subjectLines[manner]),
      maxCharacters: phrases.maxCharacters - (manner === 'playful' ? PLAYFUL_IS_SHORTER_BY : 0),
      traces: [tone?.id ?? anchor],
    },
    callToAction:
      callToAction === null
        ? { text: word(phrases.action[kind]), traces: [anchor] }
        : { text: word(callToAction.text), traces: [callToAction.id] },
    risks: [...planRisks(material, [...segments], tight)],
    measures: [...planMeasures(material)],
  };
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
