import { expect, test } from 'vitest';

import { createCallEnd } from './call-end.ts';

test('a signal that was asked for is aborted when the call ends, and when its caller calls it off', () => {
  const ending = createCallEnd(undefined);
  const { signal } = ending;
  expect(signal.aborted).toBe(false);
  ending.end();
  expect(signal.aborted).toBe(true);
  const caller = new AbortController();
  const called = createCallEnd(caller.signal);
  const other = called.signal;
  caller.abort();
  expect(other.aborted).toBe(true);
});

test('a signal that is asked for after the end, or after the caller has called it off, is aborted', () => {
  const ending = createCallEnd(new AbortController().signal);
  ending.end();
  expect(ending.signal.aborted).toBe(true);
  expect(createCallEnd(AbortSignal.abort()).signal.aborted).toBe(true);
});
