import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { setTimeout as wait } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';

import { expect, test } from 'vitest';

import { joinSignals } from './joined-signal.ts';

test('leaves nothing behind on a signal that serves a whole run', () => {
  const { signal } = new AbortController();
  const joined = joinSignals([signal, undefined], 60_000);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  joined[Symbol.dispose]();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(joined.signal.aborted).toBe(false);
});

test('passes the reason of the first that ends on, and tells it from the time limit', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  using joined = joinSignals([first.signal, second.signal], 60_000);
  second.abort('left');
  first.abort('later');
  expect([joined.signal.reason, joined.timedOut()]).toEqual(['left', false]);
});

test('is aborted from the start when one of them is', () => {
  using joined = joinSignals([new AbortController().signal, AbortSignal.abort('before')]);
  expect([joined.signal.reason, joined.timedOut()]).toEqual(['before', false]);
});

test('ends when the time is up, though garbage was collected in between', async () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  using joined = joinSignals([new AbortController().signal], 50);
  const ended = new Promise((resolve) => joined.signal.addEventListener('abort', resolve));
  for (let round = 0; round < 3; round += 1) {
    if (typeof collect === 'function') collect();
    // oxlint-disable-next-line no-await-in-loop
    await wait(5);
  }
  await ended;
  expect(joined.timedOut()).toBe(true);
  expect(joined.signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('a time limit that follows the end of another is no timeout', async () => {
  const caller = new AbortController();
  using joined = joinSignals([caller.signal], 10);
  caller.abort('left');
  await wait(30);
  expect([joined.signal.reason, joined.timedOut()]).toEqual(['left', false]);
});

test('a time limit that no timer can wait for does not end at once', async () => {
  using long = joinSignals([], 2 ** 31);
  using short = joinSignals([], 10);
  await new Promise((resolve) => short.signal.addEventListener('abort', resolve));
  expect([short.timedOut(), long.signal.aborted]).toEqual([true, false]);
});

test('is followed by as many as a run has calls, without a warning of a leak', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const { signal } = new AbortController();
  const joined = Array.from({ length: 20 }, () => joinSignals([signal]));
  await wait(1);
  for (const one of joined) one[Symbol.dispose]();
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
