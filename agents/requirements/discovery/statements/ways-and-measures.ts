import { sentencesOf } from '../../brief/sentences.ts';
import type { Span } from '../../brief/span.ts';
import type { Field } from '../../lexicon/field.ts';
import type { Candidate } from '../candidate.ts';
import { findByCue } from '../find-by-cue.ts';
import type { Passage } from '../outline-state.ts';
import { enumerationIn, labelled } from '../split-passage.ts';

/** Channels and metrics often stand on one line, under the label of either. */
export type WayOrMeasure = 'channels' | 'metrics';

const OTHER: Readonly<Record<WayOrMeasure, WayOrMeasure>> = {
  channels: 'metrics',
  metrics: 'channels',
};

/** A rate measures, wherever it stands: "click rate", "Klickrate", "taux de clics". */
const RATE = /(?:rates?|raten?|quoten?)$|^(?:taux|tasas?|tass[oi]|taxas?)\s/iu;

/**
 * Gives the channels and the metrics of a passage that is labelled as one of them: "Kanal: E-Mail. Erfolg messen wir an der
 * Klickrate", "Channel and metric: email, click rate".
 */
export function waysAndMeasures(
  text: string,
  field: WayOrMeasure,
  passage: Passage,
): readonly Candidate[] {
  const { group, kind } = passage;
  if (kind !== 'prose') return placed(text, field, { parts: [passage], group });
  const wanted = new Set<Field>([OTHER[field]]);
  const sentences = sentencesOf(text, passage);
  const told = sentences.map((sentence) => findByCue(text, { ...sentence, group }, wanted));
  const found = told.flat();
  if (found.length === 0)
    return placed(text, field, { parts: enumerationIn(text, passage), group });
  const own = sentences.filter((_sentence, at) => told[at]?.length === 0);
  const parts = own.flatMap((sentence) => enumerationIn(text, sentence));
  return [...placed(text, field, { parts, group }), ...found];
}

function placed(
  text: string,
  field: WayOrMeasure,
  { parts, group }: { readonly parts: readonly Span[]; readonly group: number },
): readonly Candidate[] {
  return parts.flatMap((part) =>
    labelled([part], RATE.test(text.slice(part.start, part.end)) ? 'metrics' : field, group),
  );
}
