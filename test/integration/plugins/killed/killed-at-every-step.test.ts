import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, test } from 'vitest';

import {
  checkpointFile,
  exportJsonLines,
  verifyTrail,
  type EmbeddedAudit,
} from '../../../../src/audit/index.ts';
import { recovered } from '../../../../src/plugins/registry/states.ts';
import { isCallable } from '../../../../src/plugins/index.ts';
import {
  LIFE,
  openRegistry,
  versionsIn,
  writeVersions,
  type Registry,
} from './fixtures/registry-life.ts';

/** A process for each point, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const PROGRAM = fileURLToPath(new URL('fixtures/live-until.ts', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-killed-'));
  folders.push(folder);
  writeVersions(folder);
  return folder;
}

/** Leads a life in a process of its own, which dies at a point; without one it lives to its end. */
async function live(folder: string, last = ''): Promise<readonly string[]> {
  const args = ['--import', 'tsx', PROGRAM, folder, last];
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      if (error !== null && last === '') reject(new Error(stderr, { cause: error }));
      else resolve(stdout.trim().split('\n'));
    });
  });
}

/** The steps of a life, in a table: what one command does again for another version is not gone through twice. */
const POINTS = [
  'add 1: audited discovered to verifying',
  'add 1: written discovered to verifying',
  'add 1: scanned',
  'add 1: audited verifying to pending-approval',
  'add 1: written verifying to pending-approval',
  'approve 1.0.0: audited pending-approval to registered',
  'approve 1.0.0: written pending-approval to registered',
  'enable 1.0.0: written registered to resolved',
  'enable 1.0.0: written resolved to loading',
  'enable 1.0.0: loaded 1.0.0',
  'enable 1.0.0: audited initializing to active',
  'enable 1.0.0: written initializing to active',
  'enable 2.0.0: audited registered to upgrading',
  'enable 2.0.0: written registered to upgrading',
  'enable 2.0.0: written upgrading to resolved',
  'enable 2.0.0: written resolved to loading',
  'enable 2.0.0: loaded 2.0.0',
  'enable 2.0.0: audited initializing to active',
  'enable 2.0.0: audited draining to stopped',
  'enable 2.0.0: written draining to stopped',
  'enable 2.0.0: unloading 1.0.0',
  'roll back: audited stopped to rolling-back',
  'roll back: written stopped to rolling-back',
  'roll back: written rolling-back to resolved',
  'roll back: written resolved to loading',
  'roll back: loaded 1.0.0',
  'roll back: audited draining to stopped',
  'roll back: written draining to stopped',
  'roll back: unloading 2.0.0',
  'disable: written active to draining',
  'disable: unloading 1.0.0',
  'disable: written draining to stopped',
  'remove 1.0.0: audited stopped to removed',
  'remove 1.0.0: written stopped to removed',
] as const;

test(
  'a life that nobody ends has a clean end, and every step of it is in the table',
  SLOW,
  async () => {
    const said = await live(newFolder());
    for (const point of POINTS) expect(said).toContain(point);
    const own = said.filter((point) =>
      /^(?:add 1|approve 1|enable|roll back|disable|remove 1)/.test(point),
    );
    const steps = own.filter((point) => point.includes(': written '));
    expect(steps.filter((point) => !POINTS.some((known) => known === point))).toEqual([]);
  },
);

describe('a process that is killed', () => {
  test.concurrent.each(POINTS)(
    'after "%s" leaves what can be gone on with',
    SLOW,
    async (point) => {
      const folder = newFolder();
      expect((await live(folder, point)).at(-1)).toBe(point);
      const registry = await openRegistry(folder, () => undefined);
      try {
        await demandSound(registry);
        await goOn(registry, { folder, interrupted: point.slice(0, point.indexOf(': ')) });
        await demandSound(registry);
        expect([...(await versionsIn(registry)).keys()]).toEqual([]);
        for (const table of ['plugins_active', 'plugins_files'] as const)
          expect(await registry.database.reader.selectFrom(table).selectAll().execute()).toEqual(
            [],
          );
      } finally {
        await registry.close();
      }
    },
  );
});

/** Gives the interrupted command again, unless it was carried out, and then the others. */
async function goOn(
  registry: Registry,
  { folder, interrupted }: { readonly folder: string; readonly interrupted: string },
): Promise<void> {
  const first = LIFE.findIndex(({ name }) => name === interrupted);
  for (const { isDone, run } of LIFE.slice(Math.max(0, first))) {
    // oxlint-disable-next-line no-await-in-loop
    if (isDone(await versionsIn(registry))) continue;
    // oxlint-disable-next-line no-await-in-loop
    await run(registry, folder);
  }
}

/** No version is half-way, no two answer, nobody holds a step, and each step is in its order and in a trail that verifies. */
async function demandSound({ database, audit, plugins }: Registry): Promise<void> {
  const { reader } = database;
  const versions = await reader.selectFrom('plugins_versions').selectAll().execute();
  for (const { state } of versions) expect(recovered(state)).toBeUndefined();
  const answering = versions.filter(({ state }) => isCallable(state)).map(({ digest }) => digest);
  const active = await plugins.executor.active('acme.names');
  const named =
    active !== undefined && isCallable(active.version.state) ? [active.version.digest] : [];
  expect(answering).toEqual(named);
  expect(await reader.selectFrom('plugins_leases').selectAll().execute()).toEqual([]);
  const trail = await verifiedTrail(audit);
  for (const { digest, state } of versions) {
    // oxlint-disable-next-line no-await-in-loop
    const steps = await reader
      .selectFrom('plugins_history')
      .selectAll()
      .where('digest', '=', digest)
      .execute();
    for (const { id } of steps) expect(trail).toContain(`plugins/${id}`);
    // Each step begins where another one has ended; the last one's end is where the version is.
    const begins = steps.map(({ from_state: from }) => from);
    const ends = steps.map(({ to_state: to }) => to);
    expect([...begins, state].toSorted()).toEqual(['discovered', ...ends].toSorted());
  }
}

async function verifiedTrail({ log, paths }: EmbeddedAudit): Promise<string> {
  const { database, publicKey } = log;
  const checkpoints = checkpointFile(paths.checkpoints).lines();
  const report = await verifyTrail(database, { publicKey, checkpoints });
  expect(report).toMatchObject({ ok: true, missing: [], unlisted: [] });
  const lines: string[] = [];
  for await (const line of exportJsonLines({ database, name: 'main' })) lines.push(line);
  return lines.join('\n');
}
