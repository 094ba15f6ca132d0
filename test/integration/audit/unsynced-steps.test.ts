import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { threadChanged } from '../../../src/audit/index.ts';
import { openLongLetters } from './long-letters.ts';

const LETTERS = new URL('./long-letters.ts', import.meta.url).href;
const config = { configurable: { thread_id: 't' } };
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-unsynced-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs to the last phase in a process of its own, which is killed there. */
async function dieInTheLastPhase(durability: 'sync' | 'exit'): Promise<void> {
  const program = `
    const { openLongLetters } = await import(${JSON.stringify(LETTERS)});
    setInterval(() => undefined, 1000);
    const { graph } = await openLongLetters(${JSON.stringify(directory)}, async () => {
      process.stdout.write('last');
      await new Promise(() => undefined);
    });
    await graph.invoke({ input: { text: 'a' } }, { configurable: { thread_id: 't' }, durability: '${durability}' });`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  child.kill('SIGKILL');
  await exited;
}

test(
  'a run whose steps were not stored before it died is refused, and completes once a fork is on record',
  { timeout: 120_000 },
  async () => {
    await dieInTheLastPhase('exit');
    await using letters = await openLongLetters(directory, async () => undefined);
    const { graph, audit } = letters;
    await expect(graph.invoke({ input: { text: 'a' } }, config)).rejects.toMatchObject({
      code: 'WORKFLOW_STATE_BEHIND_TRAIL',
    });
    const actor = { id: 'kim', kind: 'person', authenticated: true } as const;
    await audit.log.append(threadChanged({ thread: 't', what: 'fork', actor, id: '1' }));
    expect((await graph.invoke(null, config)).run).toMatchObject({ status: 'completed' });
  },
);

test(
  'a run whose steps were stored one by one goes on where it died',
  { timeout: 120_000 },
  async () => {
    await dieInTheLastPhase('sync');
    await using letters = await openLongLetters(directory, async () => undefined);
    const { run, history } = await letters.graph.invoke(null, config);
    expect(run).toMatchObject({ status: 'completed' });
    expect(history?.map(({ phase }) => phase)).toEqual(['a', 'b', 'c', 'd', 'completed']);
  },
);
