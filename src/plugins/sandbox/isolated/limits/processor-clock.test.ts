import { Worker } from 'node:worker_threads';

import { expect, test } from 'vitest';

import { clockOfThisThread, lookAtClock, threadName } from './processor-clock.ts';

const linux = process.platform === 'linux';

function spin(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('goes forward while the thread works', () => {
  const clock = clockOfThisThread(threadName());
  const before = clock();
  expect(before).toBeGreaterThan(0);
  while (clock() - before < 20) spin(1);
});

test('stands still while the thread waits, where the system counts work', () => {
  const clock = clockOfThisThread(threadName());
  const before = clock();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  // Elsewhere it counts the time that passes.
  expect(clock() - before).toBeLessThan(linux ? 200 : 10_000);
});

test('is looked at from another thread', async () => {
  if (!linux) {
    expect(lookAtClock(threadName())).toBeGreaterThan(0);
    return;
  }
  const program = `
    const { readlinkSync } = require('node:fs');
    require('node:worker_threads').parentPort.postMessage(readlinkSync('/proc/thread-self'));
    for (;;);`;
  const worker = new Worker(program, { eval: true });
  const name = await new Promise<string>((resolve) => {
    worker.once('message', resolve);
  });
  const before = lookAtClock(name);
  expect(before).toBeGreaterThan(0);
  // It works while this one does nothing.
  await expect.poll(() => lookAtClock(name), { timeout: 30_000 }).toBeGreaterThan(before + 20);
  await worker.terminate();
  expect(lookAtClock(name)).toBe(Infinity);
});

test('counts the time that passes where the system counts no other', async () => {
  const clock = clockOfThisThread(undefined);
  const before = clock();
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  expect(clock() - before).toBeGreaterThan(10);
  expect(lookAtClock(undefined)).toBeGreaterThanOrEqual(before);
});
