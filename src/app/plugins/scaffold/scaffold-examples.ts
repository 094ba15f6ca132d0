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
export const LETTER = { parameters: { letter: 'welcome', minWords: 30 } };
export const PARAMETERS = object(
  {
    parameters: object({
      letter: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+){0,5}$', maxLength: 40 },
      minWords: { type: 'integer', minimum: 1, maximum: 5000 },
    }),
  },
  LETTER,
);
const APPROVAL = { phase: 'approval', member: 'subject', roles: [], validForMs: 86_400_000 };
export const LETTER_PLAN = {
  id: 'welcome-letter',
  title: 'The letter welcome',
  version: 1,
  phases: [
    { id: 'reading', agent: 'document-reading' },
    { id: 'summary', agent: 'document-summary' },
    { id: 'approval', agent: 'document-approval', maxAttempts: 3 },
    { id: 'publication', agent: 'document-publication' },
  ],
  transitions: [
    {
      from: 'reading',
      to: 'summary',
      checks: [{ check: 'document.length', settings: { least_words: 30 } }],
    },
    { from: 'summary', to: 'approval', checks: [{ check: 'document.summary-traced' }] },
    {
      from: 'approval',
      to: 'publication',
      checks: [{ check: 'document.approval-approved-or-edited' }],
      approval: APPROVAL,
    },
    { from: 'publication', to: 'completed', checks: [{ check: 'document.as-approved' }] },
  ],
};
