import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';

import { abortError, callDeadline } from './call-deadline.ts';

test('leaves nothing behind on the signal of the caller, which serves a whole run', () => {
  const { signal } = new AbortController();
  const deadline = callDeadline(signal, 60_000);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  deadline.end();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(deadline.signal.aborted).toBe(false);
});

test('passes the reason of the caller on, and tells it from the time limit', () => {
  const caller = new AbortController();
  const deadline = callDeadline(caller.signal, 60_000);
  caller.abort('left');
  expect([deadline.signal.reason, deadline.timedOut()]).toEqual(['left', false]);
  expect(abortError(caller.signal)).toMatchObject({ name: 'AbortError' });
  deadline.end();
});

test('aborts when the time is up', async () => {
  const deadline = callDeadline(new AbortController().signal, 5);
  await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve));
  expect(deadline.timedOut()).toBe(true);
  deadline.end();
});

test('is aborted from the start when the caller is', () => {
  const deadline = callDeadline(AbortSignal.abort(), 60_000);
  expect([deadline.signal.aborted, deadline.timedOut()]).toEqual([true, false]);
  deadline.end();
});
