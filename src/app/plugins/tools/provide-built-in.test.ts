import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect, test } from 'vitest';

import { builtInPlugins } from '../built-in-plugins.ts';
import { openPluginsAlone, type AppPlugins } from '../open-plugins-of.ts';
import { inTurn } from './in-turn.ts';
import { roleOf } from './phase-tools.ts';
import { provideBuiltIn, type Providing, type Provision } from './provide-built-in.ts';

const WORKFLOW = 'email-campaign';
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-provide-'));
  folders.push(folder);
  return folder;
}

const open = async (workingDirectory: string): Promise<AppPlugins> =>
  await openPluginsAlone({ environment: {}, workingDirectory }, []);

const plugin = builtInPlugins().find(({ manifest }) => manifest.id === 'phasegate.deadlines');

function provision(): Provision {
  if (plugin === undefined) throw new Error('There is no such plugin.');
  return { plugin, workflow: WORKFLOW, operations: ['decide', 'explain'] };
}

/** The plugins, but what is enabled is probed only when the gate opens. */
function heldUp(plugins: AppPlugins, gate: Promise<void>): Providing {
  const { parts, database } = plugins;
  const probe: typeof parts.probe = async (candidate) => {
    await gate;
    await parts.probe(candidate);
  };
  return { database, parts: { ...parts, probe } };
}

function aGate(): { readonly gate: Promise<void>; readonly unlock: () => void } {
  let unlock = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    unlock = resolve;
  });
  return { gate, unlock: () => unlock() };
}

async function statesOf({ database }: AppPlugins): Promise<readonly string[]> {
  const rows = await database.reader.selectFrom('plugins_history').select('to_state').execute();
  return rows.map(({ to_state: state }) => state);
}

test('of two first runs at a time the second waits until the first has brought in all of it', async () => {
  const folder = newFolder();
  await using first = await open(folder);
  await using second = await open(folder);
  const { gate, unlock } = aGate();
  const providing = provideBuiltIn(heldUp(first, gate), provision());
  await expect.poll(async () => await statesOf(first), { timeout: 60_000 }).toContain('loading');
  const states: string[] = [];
  const waiting = provideBuiltIn(second, provision()).finally(() => states.push('settled'));
  // The second asks for its turn meanwhile, and does not go on without what is half enabled.
  await inTurn(second, { name: 'another' }, async () => {
    states.push(...(await statesOf(second)));
  });
  expect(states.at(-1)).toBe('loading');
  unlock();
  await Promise.all([providing, waiting]);
  expect(await second.executor.active('phasegate.deadlines')).toMatchObject({
    version: { state: 'active' },
  });
  expect((await statesOf(second)).filter((state) => state === 'active')).toHaveLength(1);
  const rights = await second.database.reader
    .selectFrom('plugins_roles')
    .select('operation')
    .where('role', '=', roleOf(WORKFLOW))
    .execute();
  expect(rights.map(({ operation }) => operation).toSorted()).toEqual(['decide', 'explain']);
});

test('two that open the registry at the same moment both find all of it', async () => {
  const folder = newFolder();
  await Promise.all(
    [1, 2].map(async () => {
      await using plugins = await open(folder);
      await provideBuiltIn(plugins, provision());
      expect(await plugins.executor.active('phasegate.deadlines')).toBeDefined();
    }),
  );
});

test('the second goes on by itself when the first could not bring it in', async () => {
  const folder = newFolder();
  await using first = await open(folder);
  await using second = await open(folder);
  const events = { record: () => Promise.reject(new Error('The trail cannot be written.')) };
  const failing: Providing = { database: first.database, parts: { ...first.parts, events } };
  await expect(provideBuiltIn(failing, provision())).rejects.toMatchObject({
    cause: { message: 'The trail cannot be written.' },
  });
  await provideBuiltIn(second, provision());
  expect(await second.executor.active('phasegate.deadlines')).toBeDefined();
});

test('a turn is one at a time, and given up whatever becomes of it', async () => {
  const folder = newFolder();
  await using first = await open(folder);
  await using second = await open(folder);
  const { gate, unlock } = aGate();
  const turn = { name: 'something', maxWaitMs: 0 };
  let begun = false;
  const working = inTurn(first, turn, async () => {
    begun = true;
    await gate;
    throw new Error('It failed.');
  });
  await expect.poll(() => begun, { timeout: 60_000 }).toBe(true);
  await expect(inTurn(second, turn, () => Promise.resolve(1))).rejects.toMatchObject({
    code: 'PLUGINS_STEP_TAKEN',
  });
  unlock();
  await expect(working).rejects.toThrow('It failed.');
  expect(await inTurn(second, turn, () => Promise.resolve(2))).toBe(2);
});
