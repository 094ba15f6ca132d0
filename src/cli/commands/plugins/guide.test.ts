import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { openPlace } from '../../fixtures/run-command.ts';

const GUIDE = join(import.meta.dirname, '../../../../docs/plugins.md');
/** What the guide calls by relative paths. */
const PATHS = new Set([
  'names',
  'names/index.test.js',
  'acme-key',
  'acme-key.pem',
  'letters',
  'welcome.md',
]);
const LETTER = join(
  import.meta.dirname,
  '../../../../examples/industries/general/remote-work-policy.md',
);

/** The lines of every sh fence, as words. */
function commandsOf(page: string): readonly (readonly string[])[] {
  const fences = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, body = '']) => body);
  const lines = fences.flatMap((body) => body.trim().split('\n'));
  return lines.map((line) =>
    [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain),
  );
}

test('every command of the guide works, in its order', { timeout: 240_000 }, async () => {
  using place = openPlace();
  const commands = commandsOf(readFileSync(GUIDE, 'utf8'));
  expect(commands.length).toBeGreaterThan(12);
  place.file('welcome.md', readFileSync(LETTER));
  for (const [program, ...rest] of commands) {
    const words = rest.map((word) => (PATHS.has(word) ? join(place.directory, word) : word));
    if (program === 'node') {
      await promisify(execFile)(process.execPath, words);
      continue;
    }
    const { exitCode, err } = await place.phasegate(...words);
    expect({ words: rest.join(' '), exitCode, err }).toEqual({
      words: rest.join(' '),
      // A run that nobody is there to decide about waits.
      exitCode: words[0] === 'run' ? 3 : 0,
      err: '',
    });
  }
});
