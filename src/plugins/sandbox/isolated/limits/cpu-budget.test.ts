import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createCpuBudget, type CpuBudget } from './cpu-budget.ts';

/** Two clocks moved by hand: the processor's, and that of the time that passes. */
function clocks(): {
  begin: (maxMs: number) => void;
  resume: () => void;
  budget: CpuBudget;
  work: (ms: number) => void;
  wait: (ms: number) => void;
} {
  let processor = 5000;
  let time = 90;
  const budget = createCpuBudget(
    () => processor,
    () => time,
  );
  return {
    budget,
    begin: (maxMs) => budget.begin(maxMs, processor),
    resume: () => budget.resume(processor),
    work: (ms) => {
      processor += ms;
      time += ms;
    },
    // The machine is busy with something else.
    wait: (ms) => {
      time += ms;
    },
  };
}

test('is spent by work, and not by a machine that is busy with something else', () => {
  const { begin, budget, work, wait } = clocks();
  begin(100);
  wait(10_000);
  expect(budget.isSpent()).toBe(false);
  work(99);
  expect(budget.isSpent()).toBe(false);
  work(3);
  expect(budget.isSpent()).toBe(true);
});

test('adds up what a call takes between its pauses, and counts nothing during them', () => {
  const { begin, resume, budget, work } = clocks();
  begin(100);
  for (let part = 0; part < 3; part++) {
    work(33);
    expect(budget.isSpent()).toBe(false);
    budget.pause();
    work(5000);
    resume();
  }
  work(2);
  expect(budget.isSpent()).toBe(true);
});

test('begins anew with each call', () => {
  const { begin, budget, work } = clocks();
  begin(10);
  work(11);
  expect(budget.isSpent()).toBe(true);
  begin(10);
  expect(budget.isSpent()).toBe(false);
});

test('tells no more than what has passed, and what the processor took to within a tick', () => {
  const step = fc.record({ work: fc.nat(500), wait: fc.nat(500) });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { begin, budget, work, wait } = clocks();
      begin(1000);
      let worked = 0;
      for (const next of steps) {
        work(next.work);
        wait(next.wait);
        worked += next.work;
      }
      budget.pause();
      expect(budget.spentMs()).toBeGreaterThanOrEqual(worked);
      expect(budget.spentMs()).toBeLessThanOrEqual(worked + 10);
    }),
  );
});
