import type { JsonValue } from '../../../kernel/index.ts';

type Members = Readonly<Record<string, JsonValue>>;

/** An object with exactly these members, as JSON Schema. */
export const object = (properties: Members, ...examples: readonly JsonValue[]): Members => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
  ...(examples.length === 0 ? {} : { examples: [...examples] }),
});
/** A text of at most ten thousand characters. */
export const text = { type: 'string', maxLength: 10_000 };

// What the scaffolds are tried with.
export const NAMES = { names: ['  Ada ', 'ada', 'Grace'] };
export const PROMISE = { input: { text: 'Free for ever, no strings attached.' } };
export const HONEST = { input: { text: 'Free until the end of June.' } };
export const ORDER = { facts: { amount: 120, member: true } };
export const FACTS = object({
  facts: object({ amount: { type: 'number', minimum: 0 }, member: { type: 'boolean' } }),
});
export const UNFINISHED = { file: 'index.js', text: 'let a;\n// UNFINISHED' };
export const FINISHED = { file: 'index.js', text: 'let a;' };
export const LETTER = { parameters: { letter: 'welcome', role: 'editor' } };
export const PARAMETERS = object(
  {
    parameters: object({
      letter: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,40}$' },
      role: text,
    }),
  },
  LETTER,
);
export const LETTER_PLAN = {
  id: 'welcome-letter',
  title: 'The letter welcome',
  version: 1,
  phases: [
    { id: 'draft', agent: 'document-draft', settings: { document: 'welcome' } },
    { id: 'publish', agent: 'document-publish', settings: { document: 'welcome' } },
  ],
  transitions: [
    {
      from: 'draft',
      to: 'publish',
      checks: [],
      approval: { phase: 'draft', roles: ['editor'], validForMs: 86_400_000 },
    },
    { from: 'publish', to: 'completed', checks: [{ check: 'document.published-as-approved' }] },
  ],
};
