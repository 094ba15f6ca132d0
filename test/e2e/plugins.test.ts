import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { openPlace, type Place } from './phasegate.ts';

/** Several processes one after another, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const MOMENTS = 4;
const Shown = z.looseObject({ state: z.string(), version: z.string() });

function plugin(place: Place, version: string): string {
  const directory = join(place.directory, `plugin-${version}`);
  mkdirSync(directory);
  const object = { type: 'object' };
  const operation = { name: 'go', description: 'Goes.', input: object, output: object };
  const manifest = {
    manifestVersion: 1,
    id: 'local.killed',
    version,
    kind: 'data-processor',
    title: 'A plugin whose process is killed',
    publisher: 'local',
    engines: { phasegate: '*' },
    entry: 'index.js',
    permissions: {},
    contributes: { operations: [{ ...operation, sideEffects: false, idempotent: true }] },
  };
  writeFileSync(join(directory, 'phasegate.plugin.json'), JSON.stringify(manifest));
  const code = `export default { execute: () => ({ version: '${version}' }) };\n`;
  writeFileSync(join(directory, 'index.js'), code);
  return directory;
}

/** Kills the command at several moments of its life. @returns How long it took when it was left alone at the end. */
async function killedAgainAndAgain(
  place: Place,
  words: readonly string[],
  takesMs: number,
): Promise<void> {
  for (let moment = 1; moment <= MOMENTS; moment += 1) {
    const { child, ended } = place.start(words);
    await Promise.race([wait((takesMs * moment) / (MOMENTS + 1)), ended]);
    child.kill('SIGKILL');
    await ended;
  }
}

const output = async (place: Place): Promise<unknown> => {
  const words = ['plugins', 'run', 'local.killed', 'go', '--input', '{}', '--json'];
  const { out } = await place.run(...words);
  return (JSON.parse(out) as { readonly output: unknown }).output;
};

test(
  'killed at any moment of adding, enabling and upgrading, the same command goes on, and the trail verifies',
  SLOW,
  async () => {
    using place = openPlace();
    const [first, next] = [plugin(place, '1.0.0'), plugin(place, '1.1.0')];
    // A plugin of its own tells how long the commands take here.
    const { ms } = await place.run('plugins', 'list');

    await killedAgainAndAgain(place, ['plugins', 'add', first], 2 * ms);
    expect(await place.run('plugins', 'add', first)).toMatchObject({ code: 0 });
    await killedAgainAndAgain(place, ['plugins', 'enable', 'local.killed'], 2 * ms);
    expect(await place.run('plugins', 'enable', 'local.killed')).toMatchObject({ code: 0 });
    expect(await output(place)).toEqual({ version: '1.0.0' });

    const upgrade = ['plugins', 'upgrade', 'local.killed', next, '--yes'];
    await killedAgainAndAgain(place, upgrade, 2 * ms);
    // Whatever was killed, one version answers, and it is one of the two.
    expect(['1.0.0', '1.1.0']).toContain(((await output(place)) as { version: string }).version);
    expect(await place.run(...upgrade)).toMatchObject({ code: 0 });
    expect(await output(place)).toEqual({ version: '1.1.0' });
    expect(await place.run('plugins', 'rollback', 'local.killed')).toMatchObject({ code: 0 });
    expect(await output(place)).toEqual({ version: '1.0.0' });

    const { out } = await place.run('plugins', 'show', 'local.killed', '--json');
    expect(Shown.parse(JSON.parse(out))).toMatchObject({ state: 'active', version: '1.0.0' });
    expect(await place.run('audit', 'verify')).toMatchObject({ code: 0 });
  },
);
