import { expect, test } from 'vitest';

import { probeGates } from './probe.ts';

test('every probe is denied and gives nothing away', async () => {
  const results = await probeGates();
  expect(results.map(({ id, denied, leaked }) => [id, denied, leaked])).toEqual([
    ['audit-sink-fails', true, false],
    ['error', true, false],
    ['timeout', true, false],
    ['unknown-fact', true, false],
    ['unlisted-action', true, false],
  ]);
});
