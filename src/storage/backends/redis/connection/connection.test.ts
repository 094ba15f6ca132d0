import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startRedis, type RedisServer } from '../fixtures/redis-server.ts';
import { explainFailure, isDisconnected, isRefusal } from './explain-failure.ts';
import { keySlot } from './key-slot.ts';
import { addressOf, credentialsOf, placeOf } from './servers.ts';

let node: RedisServer;

beforeAll(async () => {
  node = await startRedis('--cluster-enabled', 'yes');
});
afterAll(async () => {
  await node[Symbol.asyncDispose]();
});

test('gives the slot that the servers themselves give', async () => {
  // The check value of CRC-16/XMODEM is 0x31c3.
  expect(keySlot('123456789')).toBe(0x31_c3 % 16_384);
  const keys = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[a{}]{0,8}$/),
    fc.string().map((tag) => `p:{${encodeURIComponent(tag)}}m`),
  );
  await fc.assert(
    fc.asyncProperty(keys, async (key) => {
      expect(keySlot(key)).toBe(await node.client.cluster('KEYSLOT', key));
    }),
    { numRuns: 300 },
  );
});

test('reads a URL, and names servers without what is secret in it', () => {
  const url = 'rediss://user%40x:p%3Ass@[::1]:7000/3';
  expect(addressOf(url, 6_379)).toEqual({ host: '::1', port: 7_000 });
  expect(credentialsOf(url)).toEqual({ username: 'user@x', password: 'p:ss', db: 3, tls: {} });
  expect(addressOf('redis://main', 26_379)).toEqual({ host: 'main', port: 26_379 });
  expect(credentialsOf('redis://main')).toEqual({});
  expect(placeOf({ url })).toBe('[::1]:7000');
  expect(placeOf({ mode: 'cluster', urls: [url, 'redis://b:1'] })).toBe('[::1]:7000, b:1');
  expect(placeOf({ mode: 'sentinel', url: 'redis://:secret@main', sentinels: [] })).toBe('main');
  expect(placeOf({ url: 'no url with a secret' })).toBe('redis');
});

test.each([
  ["READONLY You can't write against a read only replica.", 'STORAGE_UNAVAILABLE'],
  ['CLUSTERDOWN The cluster is down', 'STORAGE_UNAVAILABLE'],
  ['NOREPLICAS Not enough good replicas to write.', 'STORAGE_UNAVAILABLE'],
  ['Too many Cluster redirections. Last error: Error: TRYAGAIN', 'STORAGE_UNAVAILABLE'],
  ['connect ECONNREFUSED 127.0.0.1:1', 'STORAGE_UNAVAILABLE'],
  ['OOM command not allowed when used memory > maxmemory.', 'STORAGE_FULL'],
  [
    'ERR Error running script (call to f_0): @user_script:1: -OOM command not allowed',
    'STORAGE_FULL',
  ],
  ['MISCONF Redis is configured to save RDB snapshots', 'STORAGE_IO'],
  ['WRONGPASS invalid username-password pair', 'STORAGE_AUTHENTICATION'],
  ['NOAUTH Authentication required.', 'STORAGE_AUTHENTICATION'],
  ["NOPERM User x has no permissions to run the 'evalsha' command", 'STORAGE_AUTHENTICATION'],
  ['All sentinels are unreachable. Last error: NOAUTH', 'STORAGE_AUTHENTICATION'],
  ['WRONGTYPE Operation against a key holding the wrong kind of value', 'STORAGE_FAILED'],
])('tells what a failure is: %s', (message, code) => {
  expect(explainFailure(new Error(message), 'here')).toMatchObject({ code });
  expect(isRefusal(new Error(message))).toBe(code === 'STORAGE_AUTHENTICATION');
  expect(isDisconnected(new Error(message))).toBe(false);
});

test('keeps an error that says already what it is', () => {
  const own = explainFailure(new Error('OOM '), 'here');
  expect(explainFailure(own, 'elsewhere')).toBe(own);
  expect(isDisconnected(new Error('Connection is closed.'))).toBe(true);
});
