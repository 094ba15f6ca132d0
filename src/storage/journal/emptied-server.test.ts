import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { checkpointOf, METADATA } from '../engine/fixtures/behaviours.ts';
import type { CheckpointEngine } from '../engine/index.ts';
import { FakeServer, openJournal, type OpenedJournal } from './fixtures/fake-server.ts';

const ALL = Number.POSITIVE_INFINITY;
const LATEST = { log: ['one', 'two'] };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-emptied-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A server with two threads of two checkpoints each, and the journal of the process that put them. */
async function openWithThreads(
  watchMs = 60_000,
): Promise<OpenedJournal & { readonly server: FakeServer }> {
  const server = new FakeServer();
  const opened = openJournal(server, { directory, watchMs });
  await opened.journal.start();
  for (const thread of ['first', 'other']) {
    await put(opened.engine, thread, '1');
    await put(opened.engine, thread, '2');
  }
  return { ...opened, server };
}

const at = (thread: string, id?: string) => ({
  configurable: { thread_id: thread, ...(id === undefined ? {} : { checkpoint_id: id }) },
});

async function put(engine: CheckpointEngine, thread: string, id: '1' | '2' | '3'): Promise<void> {
  const number = Number(id);
  const log = ['one', 'two', 'three'].slice(0, number);
  const parent = number === 1 ? undefined : String(number - 1);
  await engine.put(at(thread, parent), checkpointOf(id, { log }, number), METADATA, {});
}

async function valuesOf(engine: CheckpointEngine, thread: string): Promise<unknown> {
  return (await engine.getTuple(at(thread)))?.checkpoint.channel_values;
}

/** Holds the answers to one operation; `isHeld` when one waits. */
function gate(): { isHeld: boolean; readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { isHeld: false, opened, open: () => open() };
}

function holdOnce(server: FakeServer, call: string, thread: string): ReturnType<typeof gate> {
  const held = gate();
  server.hold = async (...asked) => {
    if (held.isHeld || asked[0] !== call || asked[1] !== thread) return;
    held.isHeld = true;
    await held.opened;
  };
  return held;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(1);
}

test.each(['read', 'put'] as const)(
  'a %s of a thread whose turn has not come while another is put back finds all of it',
  async (what) => {
    const { engine, journal, server } = await openWithThreads();
    server.lose(ALL);
    const held = holdOnce(server, 'stage', 'first');
    const reading = valuesOf(engine, 'first');
    await until(() => held.isHeld);
    // Answered from the journal, or by the server once it has the thread: not by the server that has nothing.
    if (what === 'read') expect(await valuesOf(engine, 'other')).toEqual(LATEST);
    else await put(engine, 'other', '3');
    held.open();
    expect(await reading).toEqual(LATEST);
    if (what === 'read') await put(engine, 'other', '3');
    await until(() => journal.health().state === 'closed');
    expect(await valuesOf(engine, 'other')).toEqual({ log: ['one', 'two', 'three'] });
    expect(journal.health()).toMatchObject({ conflicts: 0, unreplicated: 0 });
    await journal.close();
  },
);

test('a look at the server that was taken before it was emptied does not count', async () => {
  const { engine, journal, server, told } = await openWithThreads(1);
  const held = holdOnce(server, 'incarnation', '');
  await until(() => held.isHeld);
  server.lose(ALL);
  const reading = valuesOf(engine, 'first');
  await delay(0);
  held.open();
  expect(await reading).toEqual(LATEST);
  expect(told.join('\n')).toContain('storage-server-changed');
  await journal.close();
});

test('an answer that was given before a thread was put back, and came after, does not count', async () => {
  const { engine, journal, server } = await openWithThreads();
  server.lose(ALL);
  const held = holdOnce(server, 'read', 'other');
  const reading = valuesOf(engine, 'other');
  await until(() => held.isHeld);
  expect(await valuesOf(engine, 'first')).toEqual(LATEST);
  await until(() => journal.health().state === 'closed');
  held.open();
  expect(await reading).toEqual(LATEST);
  await journal.close();
});

test('a thread that was locked anew on the emptied server is put back from what was written', async () => {
  const { engine, journal, server, told } = await openWithThreads();
  server.lose(ALL);
  journal.locked('first', false);
  expect(await valuesOf(engine, 'first')).toEqual(LATEST);
  await until(() => journal.health().state === 'closed');
  expect(told.filter((event) => event.startsWith('thread-restored'))).toHaveLength(2);
  await journal.close();
});

test('a list of a thread of which the server knows nothing any more is not empty', async () => {
  const { engine, journal, server } = await openWithThreads();
  server.lose(ALL);
  const ids: string[] = [];
  for await (const { checkpoint } of engine.list(at('first'))) ids.push(checkpoint.id);
  expect(ids).toEqual(['2', '1']);
  await journal.close();
});

test('a thread that is gone from a server which was not emptied was tampered with', async () => {
  const { engine, journal, server, told } = await openWithThreads();
  server.store.restore(new Map());
  const refused = { code: 'STORAGE_INTEGRITY' };
  await expect(valuesOf(engine, 'first')).rejects.toMatchObject(refused);
  await expect(put(engine, 'other', '3')).rejects.toMatchObject(refused);
  expect(told).toEqual([]);
  await journal.close();
});

test('a thread that somebody takes away after the emptied server was brought up to date, too', async () => {
  const { engine, journal, server } = await openWithThreads();
  server.lose(ALL);
  expect(await valuesOf(engine, 'first')).toEqual(LATEST);
  await until(() => journal.health().state === 'closed');
  server.store.restore(new Map());
  await expect(valuesOf(engine, 'first')).rejects.toMatchObject({ code: 'STORAGE_INTEGRITY' });
  await journal.close();
});
