import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { NO_USAGE } from '../state/index.ts';
import {
  ModelBudgetError,
  ModelNotFoundError,
  ModelOutputError,
  ModelPromptRefusedError,
  ModelRequestError,
  ModelServerError,
  ModelTimeoutError,
  ModelUnauthorisedError,
  ModelUnreachableError,
  type ModelError,
} from './index.ts';

const FILE = readFileSync(join(import.meta.dirname, '../../config/llm.toml'), 'utf8');
const cause = new Error('of a vendor');
const problem = { issues: 1, repairs: 2 } as const;
const limit = { spent: 9, next: 2, budget: 10 } as const;

const ERRORS: readonly (readonly [ModelError, readonly string[]])[] = [
  [new ModelUnreachableError('a/b', { cause }), ['base_url']],
  [new ModelUnauthorisedError('a/b', 401, { cause }), ['api_key']],
  [new ModelNotFoundError('a/b', { cause }), ['[models]', 'base_url']],
  [new ModelTimeoutError('a/b', 5, { cause }), ['timeout_ms', '[request]']],
  [
    new ModelOutputError('a/b', { ...problem, kind: 'wrong-shape' }, NO_USAGE),
    ['structured_output', '[models]'],
  ],
  [
    new ModelOutputError('a/b', { ...problem, kind: 'truncated' }, NO_USAGE),
    ['max_output_tokens', '[models]'],
  ],
  [new ModelBudgetError('a/b', { ...limit, unit: 'usd' }, NO_USAGE), ['max_cost_usd', '[budget]']],
  [new ModelBudgetError('a/b', { ...limit, unit: 'tokens' }, NO_USAGE), ['max_tokens', '[budget]']],
  [new ModelServerError('a/b', 500, {}), ['base_url']],
  [
    new ModelRequestError('a/b', { expected: 'something else' }),
    ['structured_output', 'context_tokens'],
  ],
  [new ModelPromptRefusedError('a/b', { types: ['US_SSN'], count: 1 }), ['prompt_data']],
];

test.each(ERRORS.map(([error, keys]) => [error.code, error.hint, keys] as const))(
  '%s says which key of which file to mend: %s',
  (_, hint, keys) => {
    expect(hint).toContain('config/llm.toml');
    for (const key of keys) expect(hint).toContain(key);
    // Only keys that the file has or explains.
    for (const [word] of hint.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)) expect(FILE).toContain(word);
    // What only code knows is said to be of code.
    expect(hint.replaceAll(/\(\w+ in code\)/g, '')).not.toMatch(/\b[a-z]+[A-Z]\w+/);
  },
);
