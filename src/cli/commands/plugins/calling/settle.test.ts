import { afterAll, expect, test } from 'vitest';

import { openPlace } from '../../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

test.each([
  ['neither answer', [], 'CLI_USAGE'],
  ['both answers', ['--happened', '--did-not-happen'], 'CLI_USAGE'],
  ['an output that is no JSON', ['--happened', '--output', '{'], 'CLI_USAGE'],
  ['a key that nothing waits under', ['--did-not-happen'], 'PLUGINS_NOTHING_TO_SETTLE'],
])('refuses %s', { timeout: 240_000 }, async (_, words, code) => {
  const { exitCode, value } = await place.json('plugins', 'settle', 'no-such-key', ...words);
  expect({ exitCode, value }).toMatchObject({ exitCode: 2, value: { error: { code } } });
});
