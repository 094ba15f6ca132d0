import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());
const run = (...words: readonly string[]): ReturnType<typeof place.json> =>
  place.json('plugins', ...words);

const ORDER = JSON.stringify({
  parameters: { document: 'payment-terms', approverRole: 'sales', secondRole: 'legal' },
});

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
