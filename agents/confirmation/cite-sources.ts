import { inlineText } from '../../src/workflow/index.ts';
import { factsOf, type Requirements, type Source } from '../requirements/artifact.ts';

const EXCERPT_CHARACTERS = 100;

interface Cited {
  readonly text: string;
  readonly sources: readonly Source[];
}

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
  const known = citable(requirements);
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

function citable(requirements: Requirements): ReadonlyMap<string, Cited> {
  const { audience, deadlines } = requirements;
  return new Map<string, Cited>([
    ...factsOf(requirements).map((fact) => [fact.id, fact] as const),
    ...audience.map(({ id, name, description, sources }) => {
      const text = description === '' ? name : `${name}: ${description}`;
      return [id, { text, sources }] as const;
    }),
    ...deadlines.map((deadline) => [deadline.id, deadline] as const),
  ]);
}
