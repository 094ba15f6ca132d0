import type { ComplianceFacts } from '../facts/compliance-facts.ts';
import { notSatisfied, satisfied, undecided, type Judgement } from '../judgement.ts';

/** What may be among the findings of a scan. */
export interface ContentQuestion {
  readonly part: 'state' | 'output' | 'both';
  readonly isWanted: (type: string) => boolean;
  readonly no: string;
  readonly remedy: string;
}

/** Tells whether everything that a scan found may be there. What could not be looked through holds anything. */
export function judgeContent(
  content: NonNullable<ComplianceFacts['content']>,
  { part, isWanted, no, remedy }: ContentQuestion,
): Judgement {
  const found = part === 'both' ? [...content.state, ...content.output] : content[part];
  const unwanted = found.filter(({ type }) => !isWanted(type));
  if (unwanted.length > 0)
    return notSatisfied(no, { remedy, paths: [...new Set(unwanted.map(({ path }) => path))] });
  if (content.unscannable.length > 0)
    return undecided('Something could not be looked through.', {
      remedy: 'Hand over less at once, or raise the budget of the scan.',
      paths: content.unscannable,
    });
  return satisfied(`${content.detectors} found nothing that must not be there.`);
}
