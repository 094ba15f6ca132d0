import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createIsolatedRuntime, type PluginRuntime } from '../../../../src/plugins/index.ts';
import { GROUPS } from './all-attacks.ts';
import { openBystander, runAttack } from './run-attack.ts';
import { openSurroundings, SECRETS, type Surroundings } from './surroundings.ts';

let runtime: PluginRuntime;
let surroundings: Surroundings;
let bystander: Awaited<ReturnType<typeof openBystander>>;

beforeAll(async () => {
  runtime = createIsolatedRuntime({ minWorkers: 2, maxWorkers: 4, maxWaiting: 100 });
  surroundings = await openSurroundings();
  bystander = await openBystander(runtime);
});
afterAll(async () => {
  await runtime.close();
  await surroundings.close();
});

test('knows at least 80 attacks, each under a name of its own', () => {
  const names = Object.values(GROUPS).flatMap((attacks) => attacks.map(({ name }) => name));
  expect(names.length).toBeGreaterThanOrEqual(80);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(Object.entries(GROUPS))('an attack by %s', (_group, attacks) => {
  test.each(attacks.map((attack) => [attack.name, attack] as const))(
    'does not get out: %s',
    async (_name, attack) => {
      const prototypes = prototypeKeys();
      const running = runAttack(runtime, attack, surroundings);
      // Others are answered while it goes on, and when it is over.
      expect(await bystander.answers()).toBe(true);
      const { output, code, limit, because, words } = await running;
      if (attack.refused === undefined)
        expect({ output, because }).toEqual({ output: attack.gives });
      else if (typeof attack.refused !== 'string') expect(code).toMatch(attack.refused);
      else
        expect([code, limit].slice(0, attack.refused.split(':').length).join(':')).toBe(
          attack.refused,
        );
      if (attack.because !== undefined) expect(because).toMatch(attack.because);
      for (const secret of [...SECRETS, process.cwd(), hostname(), 'node:', 'node_modules'])
        expect(words).not.toContain(secret);
      expect(prototypeKeys()).toEqual(prototypes);
      expect(await bystander.answers()).toBe(true);
    },
  );
});

test("leaves nothing outside of the plugin's folder, and never reached what was not open", () => {
  expect(readdirSync(surroundings.outside)).toEqual(['secret.txt']);
  expect(existsSync('polluted')).toBe(false);
  expect(surroundings.reached()).toBe(0);
});

/** Everything that a polluted realm of ours would show. */
function prototypeKeys(): readonly (string | symbol)[] {
  return [Object.prototype, Array.prototype, Function.prototype, Promise.prototype, JSON].flatMap(
    (prototype) => Reflect.ownKeys(prototype),
  );
}
