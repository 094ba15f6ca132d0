import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MemorySaver, type BaseCheckpointSaver } from '@langchain/langgraph';

import { openEmbeddedStorage } from '../../src/storage/index.ts';
import { compileWorkflow } from '../../src/workflow/index.ts';
import { alternate, medianOf, timeOf, type Job } from '../measure/alternate.ts';
import type { Line } from '../report/line.ts';
import { bareGraph } from '../subject/bare-graph.ts';
import { runOnce, type RunnableGraph } from '../subject/run-once.ts';
import { TINY_INPUT, tinyWorkflow } from '../subject/tiny-workflow.ts';

const GOAL = 1.25;
const CONCURRENT = 50;
const ROUNDS = 5;
const LAST_PHASE = 'write';
const IN_THE_WAY =
  'These agents take next to no time, so the whole difference is what a gated step does besides: it copies and digests what ' +
  'the agent made, judges the gate, seals the artifact, the visit and the run, and writes three channels instead of one.';

interface Savers extends AsyncDisposable {
  readonly name: string;
  readonly gated: BaseCheckpointSaver;
  readonly bare: BaseCheckpointSaver;
}

/** Measures a gated four-phase run with one question to a person against its bare peer, with both savers. */
export async function runLines(scale: number): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const open of [inMemory, embedded]) {
    await using savers = await open();
    lines.push(await latency(savers, scale), await throughput(savers, scale));
  }
  return lines;
}

async function latency(savers: Savers, scale: number): Promise<Line> {
  const { gated, bare } = jobsFor(savers, 'latency');
  const pairs = { warmUps: Math.ceil(300 * scale), pairs: Math.ceil(400 * scale) };
  const { gatedMs, bareMs } = await alternate({ gated, bare }, pairs);
  return {
    title: `Four phases, one question; ${savers.name}`,
    measure: `p50 of a run, ms (${pairs.pairs} alternating pairs after ${pairs.warmUps} to warm up)`,
    gated: gatedMs,
    bare: bareMs,
    ratio: gatedMs / bareMs,
    goal: GOAL,
    inTheWay: IN_THE_WAY,
  };
}

async function throughput(savers: Savers, scale: number): Promise<Line> {
  const { gated, bare } = jobsFor(savers, 'throughput');
  const runs = Math.ceil(100 * scale);
  const gatedRates: number[] = [];
  const bareRates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    gatedRates.push(await runsPerSecond(gated, runs));
    bareRates.push(await runsPerSecond(bare, runs));
  }
  const [gatedRate, bareRate] = [medianOf(gatedRates), medianOf(bareRates)];
  return {
    title: `Four phases, one question; ${savers.name}`,
    measure: `runs/s, ${CONCURRENT} at a time (median of ${ROUNDS} alternating rounds of ${runs})`,
    gated: gatedRate,
    bare: bareRate,
    ratio: bareRate / gatedRate,
    goal: GOAL,
    inTheWay: IN_THE_WAY,
  };
}

async function runsPerSecond(job: Job, runs: number): Promise<number> {
  let begun = 0;
  const work = async (): Promise<void> => {
    while (begun < runs) {
      begun += 1;
      await job();
    }
  };
  const tookMs = await timeOf(() => Promise.all(Array.from({ length: CONCURRENT }, work)));
  return (runs * 1000) / tookMs;
}

function jobsFor(savers: Savers, purpose: string): { readonly gated: Job; readonly bare: Job } {
  const workflow = tinyWorkflow();
  const gated = compileWorkflow(workflow, { checkpointer: savers.gated });
  const bare = bareGraph(workflow, savers.bare);
  return {
    gated: jobOn(gated, savers.gated, `gated-${purpose}`),
    bare: jobOn(bare, savers.bare, `bare-${purpose}`),
  };
}

/** Each run has a thread of its own, and takes it away again, so that no run is slower than the one before. */
function jobOn(graph: RunnableGraph, saver: BaseCheckpointSaver, name: string): Job {
  let runs = 0;
  return async () => {
    runs += 1;
    const thread = `${name}-${runs}`;
    await runOnce(graph, { input: TINY_INPUT, thread, last: LAST_PHASE });
    await saver.deleteThread(thread);
  };
}

async function inMemory(): Promise<Savers> {
  const close = async (): Promise<void> => undefined;
  return {
    name: 'MemorySaver',
    gated: new MemorySaver(),
    bare: new MemorySaver(),
    [Symbol.asyncDispose]: close,
  };
}

async function embedded(): Promise<Savers> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  const gated = await openEmbeddedStorage({ directory: join(directory, 'gated') });
  const bare = await openEmbeddedStorage({ directory: join(directory, 'bare') });
  const close = async (): Promise<void> => {
    await gated.close();
    await bare.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return {
    name: 'embedded SQLite',
    gated: gated.checkpointer,
    bare: bare.checkpointer,
    [Symbol.asyncDispose]: close,
  };
}
