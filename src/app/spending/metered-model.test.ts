import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import { silentLogger } from '../../kernel/index.ts';
import type { Model, StructuredRequest } from '../../models/index.ts';
import { NO_USAGE, type Usage } from '../../state/index.ts';
import { forgottenSpending, meteredModel } from './metered-model.ts';
import { openSpendingLedger, type SpendingLedger } from './spending-ledger.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'phasegate-spending-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (): SpendingLedger => openSpendingLedger({ dataDir, logger: silentLogger }, 'spring');
const took = (calls: number): Usage => ({
  calls,
  inputTokens: 10 * calls,
  outputTokens: calls,
  costUsd: 0,
});
const request: StructuredRequest<unknown> = {
  name: 'x',
  schema: z.unknown(),
  system: '',
  user: '',
  signal: new AbortController().signal,
};

/** A model that is told what was spent before, and does what the test says. */
function fake(answer: () => Promise<Usage>): { readonly model: Model; readonly told: Usage[] } {
  const told: Usage[] = [];
  const model: Model = {
    id: 'fake/model',
    budget: { maxTokens: 1000, maxCostUsd: 1 },
    atMost: () => ({ calls: 1, inputTokens: 100, outputTokens: 50, costUsd: 0 }),
    structured: async <Value>(_: StructuredRequest<Value>, spent: Usage) => {
      told.push(spent);
      return { value: undefined as Value, usage: await answer(), repairs: 0 };
    },
  };
  return { model, told };
}

test('a call stands in the ledger with what it took', async () => {
  const { model } = fake(async () => took(1));
  const metered = meteredModel(model, open(), async () => NO_USAGE);
  await Promise.all([metered.structured(request, NO_USAGE), metered.structured(request, NO_USAGE)]);
  expect(await open().total()).toEqual(took(2));
});

test('a call whose process died stands there with the most that it may have taken, for the next one', async () => {
  const never = fake(() => new Promise(() => undefined));
  void meteredModel(never.model, open(), async () => NO_USAGE).structured(request, NO_USAGE);
  await expect.poll(() => never.told.length).toBe(1);
  const next = open();
  const known = await next.total();
  expect(known).toEqual({ calls: 1, inputTokens: 100, outputTokens: 50, costUsd: 0 });
  const { model, told } = fake(async () => took(1));
  const forgotten = forgottenSpending(known, NO_USAGE);
  await meteredModel(model, next, async () => forgotten).structured(request, took(2));
  expect(told).toEqual([{ calls: 3, inputTokens: 120, outputTokens: 52, costUsd: 0 }]);
  expect((await open().total()).calls).toBe(2);
});

test('what the state knows already is not counted twice', () => {
  expect(forgottenSpending(took(3), took(3))).toEqual(NO_USAGE);
  expect(forgottenSpending(took(3), took(5))).toEqual(NO_USAGE);
  expect(forgottenSpending(took(5), took(3))).toEqual(took(2));
});

test('a new run begins with nothing', async () => {
  await open().add(took(4));
  const ledger = open();
  await ledger.clear();
  expect(await ledger.total()).toEqual(NO_USAGE);
  expect(await open().total()).toEqual(NO_USAGE);
});
