import { fileURLToPath } from 'node:url';

import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);

const TERMS = JSON.stringify({ document: 'payment-terms' });
const ORDER = `{"parameters":${TERMS}}`;
const POLICY = fileURLToPath(
  new URL('../../../../../examples/industries/general/remote-work-policy.md', import.meta.url),
);

test(
  'a built-in template that extends another one makes plans as soon as both are enabled, with no more configuration',
  { timeout: 240_000 },
  async () => {
    for (const id of ['phasegate.document-approval', 'phasegate.two-person-approval']) {
      // The second one requires the first.
      // oxlint-disable-next-line no-await-in-loop
      expect(await run('add', id, '--built-in')).toMatchObject({ exitCode: 0 });
      // oxlint-disable-next-line no-await-in-loop
      expect(await run('enable', id)).toMatchObject({ exitCode: 0 });
    }
    const made = await run('run', 'phasegate.two-person-approval', 'instantiate', '--input', ORDER);
    expect(made).toMatchObject({
      exitCode: 0,
      value: { output: { plan: { id: 'payment-terms-two-person-approval' } } },
    });
  },
);

test(
  'the workflows of built-in templates are run with the agents that come with Phasegate',
  { timeout: 240_000 },
  async () => {
    const begin = (id: string, thread: string): ReturnType<typeof place.json> =>
      place.json('run', id, '--parameters', TERMS, '--input', POLICY, '--thread', thread);
    expect(await begin('phasegate.document-approval', 'one')).toMatchObject({ exitCode: 3 });
    expect(await place.json('approve', 'one')).toMatchObject({
      exitCode: 0,
      value: { status: 'completed', workflow: 'payment-terms-approval' },
    });
    expect(await begin('phasegate.two-person-approval', 'two')).toMatchObject({ exitCode: 3 });
    expect(await place.json('approve', 'two', '--as', 'omar.reyes')).toMatchObject({
      value: { phase: 'countersign' },
    });
    expect(await place.json('approve', 'two')).toMatchObject({
      exitCode: 0,
      value: { status: 'completed', workflow: 'payment-terms-two-person-approval' },
    });
    // One account approves twice.
    expect(await begin('phasegate.two-person-approval', 'same')).toMatchObject({ exitCode: 3 });
    expect(await place.json('approve', 'same')).toMatchObject({ value: { status: 'waiting' } });
    const blocked = await place.json('approve', 'same');
    expect(blocked).toMatchObject({ exitCode: 4, value: { status: 'blocked' } });
    expect(blocked.out).toContain('document.countersign-by-another');
  },
);

test('what templates may name is listed', async () => {
  const { value, exitCode } = await run('templates', '--agents');
  expect(exitCode).toBe(0);
  expect(value).toMatchObject({
    catalogues: expect.arrayContaining([
      expect.objectContaining({
        id: 'general',
        agents: expect.arrayContaining(['document-countersign']) as unknown,
        checks: expect.arrayContaining(['document.length', 'document.summary-traced']) as unknown,
      }),
    ]) as unknown,
  });
});
