import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

import { alternate, type Job } from '../measure/alternate.ts';
import type { Line } from '../report/line.ts';

const GOAL = 1.25;

/** Measures a whole process, from its start to the end of its first run, on the built package. */
export async function coldStartLine(scale: number): Promise<Line> {
  const pairs = { warmUps: 1, pairs: Math.ceil(31 * scale) };
  const peers = { gated: processOf('gated.mjs'), bare: processOf('bare.mjs') };
  const { gatedMs, bareMs } = await alternate(peers, pairs);
  return {
    title: 'Cold start to first result',
    measure: `p50 of a process, ms (${pairs.pairs} alternating pairs)`,
    gated: gatedMs,
    bare: bareMs,
    ratio: gatedMs / bareMs,
    goal: GOAL,
    inTheWay: 'The package is loaded on top of LangGraph, file by file.',
  };
}

function processOf(script: string): Job {
  const path = resolve('bench', 'cold-start', script);
  return async () => {
    const child = spawn(process.execPath, [path], { stdio: ['ignore', 'ignore', 'inherit'] });
    const [code]: unknown[] = await once(child, 'exit');
    if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
  };
}
