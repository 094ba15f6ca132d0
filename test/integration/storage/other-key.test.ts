import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openPlace, WHOLE_BRIEF, type Place } from '../../../src/cli/fixtures/run-command.ts';

const keyOf = ({ directory }: Place): string =>
  readFileSync(join(directory, 'data', 'seal.key')).toString('hex');

test(
  'a file of a store with another key is refused with the lines by which it is taken in',
  { timeout: 240_000 },
  async () => {
    using there = openPlace();
    using here = openPlace();
    const file = join(there.directory, 'spring.jsonl');
    await there.phasegate('run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'spring');
    await there.phasegate('threads', 'export', 'spring', '--out', file);
    const refused = await here.json('threads', 'import', file);
    const { hint = '' } = (refused.value as { error: { hint?: string } }).error;
    const [lines = ''] = /\[storage\] \/.*?(?=, with the key)/.exec(hint) ?? [];
    const settings = lines
      .replaceAll(' / ', '\n')
      .replace('${HERE_KEY}', keyOf(here))
      .replace('${THERE_KEY}', keyOf(there));
    here.file('default.toml', settings);
    const config = ['--config', here.directory];
    expect(await here.json('threads', 'import', file, ...config)).toMatchObject({
      value: { thread: 'spring' },
      exitCode: 0,
    });
  },
);
