import { trimSpan } from '../../brief/span.ts';
import type { Candidate } from '../candidate.ts';
import type { Passage } from '../outline-state.ts';
import { statementsIn, type Statement } from './polarity.ts';
import { labelled } from '../split-passage.ts';
import { forbiddenPhrasesIn, forbiddenWordsIn, requiredPhrasesIn } from '../split-phrases.ts';

/**
 * The wordings that a passage under "must say" or "must not say" names. A statement that forbids or demands words by itself
 * is read so whatever stands above it; what neither it nor the label makes clear is taken by nobody, and asked about.
 */
export function wordingsIn(
  text: string,
  field: 'mustSay' | 'mustNotSay',
  passage: Passage,
): readonly Candidate[] {
  const statements = statementsIn(text, passage);
  const same = field === 'mustSay' ? 'demands' : 'forbids';
  const differ = statements.some(({ polarity }) => polarity !== undefined && polarity !== same);
  const whole = { ...passage, from: passage.start, to: passage.end, polarity: undefined };
  return (differ ? statements : [whole]).flatMap((statement) =>
    fromStatement(text, { field, passage, statement }),
  );
}

function fromStatement(
  text: string,
  {
    field,
    passage,
    statement,
  }: {
    readonly field: 'mustSay' | 'mustNotSay';
    readonly passage: Passage;
    readonly statement: Statement;
  },
): readonly Candidate[] {
  const { start, end, from, to, polarity } = statement;
  if (polarity === 'unclear' && field === 'mustSay') return [];
  if (polarity === 'forbids' && field === 'mustSay') {
    const words = forbiddenWordsIn(text, trimSpan(text, { start: from, end: to }));
    return labelled(words, 'mustNotSay', passage.group);
  }
  if (polarity === 'demands' && field === 'mustNotSay')
    return labelled(requiredPhrasesIn(text, { ...passage, start, end }), 'mustSay', passage.group);
  const part = { ...passage, start, end };
  const words =
    field === 'mustSay' ? requiredPhrasesIn(text, part) : forbiddenPhrasesIn(text, part);
  return labelled(words, field, passage.group);
}
