import { inlineText } from '../../src/workflow/index.ts';
import type { Requirements } from '../requirements/artifact.ts';
import { citables } from '../strategy/artifact.ts';

const EXCERPT_CHARACTERS = 100;

/** Numbers what a plan rests on, in the order in which it is first cited. */
export interface Citations {
  /** `[1] [3]` for the ids; an id that the requirements do not hold is shown as `[?]`. */
  readonly cite: (ids: readonly string[]) => string;
  /** One line for each number given out so far. */
  readonly list: () => readonly string[];
}

/**
 * @param fromAnswer - What is said of a fact that a person's answer gave and not the brief.
 */
export function citations(requirements: Requirements, fromAnswer: string): Citations {
  const known = citables(requirements);
  const numbers = new Map<string, number>();
  const numberOf = (id: string): string => {
    if (!known.has(id)) return '[?]';
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return `[${number}]`;
  };
  return {
    cite: (ids) => [...new Set(ids.map(numberOf))].join(' '),
    list: () =>
      Array.from(numbers, ([id, number]) => {
        const { text, sources } = known.get(id) ?? { text: '', sources: [] };
        const answered = sources.some(({ kind }) => kind === 'answer') ? ` (${fromAnswer})` : '';
        return `- [${number}] ${inlineText(id)}: “${inlineText(text, EXCERPT_CHARACTERS)}”${answered}`;
      }),
  };
}
