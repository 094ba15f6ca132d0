import { expect, test } from 'vitest';

import { StorageFailedError, StorageUnavailableError } from '../../../errors/index.ts';
import type { Answer } from '../client.ts';
import { createThreadEntries } from './thread-entries.ts';

function fakeClient(): {
  command: (name: string, ...values: readonly (string | number)[]) => Promise<Answer>;
  readonly sent: string[];
  failure: Error | undefined;
} {
  const sent: string[] = [];
  const client = {
    sent,
    failure: undefined as Error | undefined,
    command: async (name: string, ...values: readonly (string | number)[]): Promise<Answer> => {
      sent.push([name, ...values].join(' '));
      if (client.failure !== undefined) throw client.failure;
      return 1;
    },
  };
  return client;
}

test('enters a thread once a minute, however often it is written', async () => {
  const client = fakeClient();
  let now = 0;
  const entries = createThreadEntries(client, 'p:', () => now);
  for (now of [0, 10, 59_000]) await entries.enter('t');
  expect(client.sent).toEqual(['ZADD p:threads 0 t']);
  // Whatever became of the entry meanwhile, it is there again.
  now = 61_000;
  await entries.enter('t');
  expect(client.sent).toHaveLength(2);
});

test('says for a minute that a thread is listed', async () => {
  const client = fakeClient();
  let now = 0;
  const entries = createThreadEntries(client, 'p:', () => now);
  expect(entries.has('t')).toBe(false);
  await entries.enter('t');
  now = 59_000;
  await entries.enter('later');
  expect(entries.has('t')).toBe(true);
  now = 60_000;
  expect(entries.has('t')).toBe(false);
  await entries.enter('t');
  expect([entries.has('t'), entries.has('later')]).toEqual([true, true]);
});

test('a list that cannot be reached fails no write, and is caught up with at the next one', async () => {
  const client = fakeClient();
  const entries = createThreadEntries(client, 'p:');
  client.failure = new StorageUnavailableError('elsewhere', undefined);
  await entries.enter('t');
  await entries.leave('other');
  client.failure = undefined;
  await entries.enter('t');
  expect(client.sent).toEqual(['ZADD p:threads 0 t', 'ZREM p:threads other', 'ZADD p:threads 0 t']);
});

test('a thread that was deleted and begins again is entered again', async () => {
  const client = fakeClient();
  const entries = createThreadEntries(client, 'p:');
  await entries.enter('t');
  await entries.leave('t');
  await entries.enter('t');
  expect(client.sent).toEqual(['ZADD p:threads 0 t', 'ZREM p:threads t', 'ZADD p:threads 0 t']);
});

test('tells of failures that do not pass', async () => {
  const client = fakeClient();
  const entries = createThreadEntries(client, 'p:');
  client.failure = new StorageFailedError('here', { reason: 'WRONGTYPE', cause: undefined });
  await expect(entries.enter('t')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
});
