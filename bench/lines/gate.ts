import { z } from 'zod';

import { defineCheck, defineGate, evaluateGate } from '../../src/validation/index.ts';
import { medianOf } from '../measure/alternate.ts';
import type { Line } from '../report/line.ts';

const CHECKS = 100;
const GOAL_MICROSECONDS = 50;
const PER_SAMPLE = 20;

/** Measures a gate of 100 checks in TypeScript that read the same facts; nothing is remembered between two evaluations. */
export async function gateLine(scale: number): Promise<Line> {
  const reads = z.object({
    artifacts: z.object({ plan: z.object({ items: z.array(z.string()) }) }),
  });
  const checks = Array.from({ length: CHECKS }, (_, index) =>
    defineCheck({
      id: `plan.check-${index}`,
      reads,
      message: 'There are too few items.',
      remedy: 'Add some.',
      evaluate: ({ artifacts }) => artifacts.plan.items.length > index / CHECKS,
    }),
  );
  const gate = defineGate({ checks });
  const facts = { artifacts: { plan: { items: ['one', 'two', 'three'] } } };
  const samples: number[] = [];
  const rounds = Math.ceil(500 * scale);
  for (let round = -200; round < rounds; round += 1) {
    const startedMs = performance.now();
    for (let time = 0; time < PER_SAMPLE; time += 1) await evaluateGate(gate, facts);
    if (round >= 0) samples.push(((performance.now() - startedMs) * 1000) / PER_SAMPLE);
  }
  return {
    title: `Gate of ${CHECKS} checks`,
    measure: 'p50 of an evaluation, us',
    gated: medianOf(samples),
    bare: undefined,
    ratio: undefined,
    goal: GOAL_MICROSECONDS,
    inTheWay: 'Each check is asked by itself, timed, and leaves a line in the verdict.',
  };
}
