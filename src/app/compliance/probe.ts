import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { systemClock, type Clock } from '../../kernel/index.ts';
import { openEmbeddedStorage } from '../../storage/index.ts';
import { defineCheck, defineGate, type Check } from '../../validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  driveRun,
  type CompileOptions,
} from '../../workflow/index.ts';

/** What was tried on purpose, and what came of it. */
export interface ProbeResult {
  readonly id: 'audit-sink-fails' | 'unlisted-action' | 'error' | 'timeout' | 'unknown-fact';
  readonly at: string;
  /** Whether the phase behind the gate stayed unreached. */
  readonly denied: boolean;
  /** Whether what was said of it held what only the probe's own code and input know. */
  readonly leaked: boolean;
}

/** Stands in the input and in what a check throws; nobody else may say it. */
const SECRET = 'probe-4111111111111111-secret';

const Input = z.strictObject({ text: z.string() });
const Made = z.strictObject({ done: z.boolean() });
const reads = z.object({ input: Input });
const text = { message: 'A probe.', remedy: 'Nothing is to be done.' };

const passing = defineCheck({ id: 'probe.passes', reads, ...text, evaluate: () => true });
const refusing = defineCheck({ id: 'probe.refuses', reads, ...text, evaluate: () => false });
const throwing = defineCheck({
  id: 'probe.throws',
  reads,
  ...text,
  evaluate: (): boolean => {
    throw new Error(SECRET);
  },
});
const hanging = defineCheck({
  id: 'probe.hangs',
  reads,
  ...text,
  timeoutMs: 20,
  evaluateAsync: async (): Promise<boolean> => new Promise(() => undefined),
});
const unknowing = defineCheck({
  id: 'probe.unknown-fact',
  reads: z.object({ artifacts: z.object({ absent: z.string() }) }) as unknown as typeof reads,
  ...text,
  evaluate: () => true,
});

/**
 * Tries on workflows of its own, in a folder for temporary files, whether gates fail closed: with a sink that fails, with checks
 * that throw, do not end, and lack their facts, and with a caller who moves a run to a phase to which no verdict led. Nothing of
 * the installation is touched.
 */
export async function probeGates(clock: Clock = systemClock): Promise<readonly ProbeResult[]> {
  const sink = {
    append: async (): Promise<never> => {
      throw new Error('The sink was made to fail.');
    },
  };
  const probes = [
    probe('audit-sink-fails', passing, { audit: sink }),
    probe('error', throwing),
    probe('timeout', hanging),
    probe('unknown-fact', unknowing),
    probeMove(),
  ];
  const results = await Promise.all(probes);
  const at = clock.now();
  return results.map((result) => ({ ...result, at }));
}

async function probe(
  id: ProbeResult['id'],
  check: Check<z.infer<typeof reads>>,
  options: CompileOptions = {},
): Promise<Omit<ProbeResult, 'at'>> {
  const { workflow, isReached } = probed(id, check);
  const said = await outcomeOf(async () => {
    const graph = compileWorkflow(workflow, options);
    const message = { kind: 'start' as const, input: { text: SECRET } };
    const { verdicts, reason } = await driveRun(graph, { workflow, thread: 'probe', message });
    return JSON.stringify({ verdicts, reason });
  });
  return { id, denied: !isReached(), leaked: said.includes(SECRET) };
}

/** A run is put behind a gate that holds it, as a caller of the graph could try. */
async function probeMove(): Promise<Omit<ProbeResult, 'at'>> {
  const { workflow, isReached } = probed('unlisted-action', refusing);
  const directory = await mkdtemp(join(tmpdir(), 'phasegate-probe-'));
  const storage = await openEmbeddedStorage({ directory });
  try {
    const graph = compileWorkflow(workflow, { checkpointer: storage.checkpointer });
    const message = { kind: 'start' as const, input: { text: SECRET } };
    const config = { configurable: { thread_id: 'probe' } };
    const said = await outcomeOf(async () => {
      await driveRun(graph, { workflow, thread: 'probe', message });
      await graph.updateState(config, {}, 'before');
      await graph.invoke(null, config);
      return '';
    });
    return { id: 'unlisted-action', denied: !isReached(), leaked: said.includes(SECRET) };
  } finally {
    await storage.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A workflow whose second phase stands behind `check`. */
function probed(id: string, check: Check<z.infer<typeof reads>>) {
  let reached = false;
  const agentOf = (name: string, run: () => void) =>
    defineAgent({
      id: name,
      input: Input,
      artifact: Made,
      reads: {},
      simulated: () => {
        run();
        return { done: true };
      },
    });
  const workflow = defineWorkflow({
    id: `probe-${id}`,
    input: Input,
    phases: [
      definePhase({ id: 'before', agent: agentOf('before', () => undefined) }),
      definePhase({ id: 'behind', agent: agentOf('behind', () => (reached = true)) }),
    ],
    transitions: [
      { from: 'before', to: 'behind', gate: defineGate({ checks: [check] }) },
      { from: 'behind', to: 'completed', gate: defineGate({ checks: [passing] }) },
    ],
  });
  return { workflow, isReached: () => reached };
}

async function outcomeOf(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
