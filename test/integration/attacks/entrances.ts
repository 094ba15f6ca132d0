import type { RunnableConfig } from '@langchain/core/runnables';
import { Command } from '@langchain/langgraph';

import { PHASES, type Lab } from './fixture.ts';

/** Sends something to the graph; resolves to the last state. */
export type Send = (lab: Lab, input: unknown, config?: RunnableConfig) => Promise<unknown>;

export const throughTheDoor: Send = async (lab, input, config = lab.config) =>
  lab.graph.invoke(input as never, config);

interface Bare {
  _streamIterator(input: unknown, options: unknown): AsyncGenerator<unknown>;
}

/** Calls LangGraph's own method, so that nothing looks at what is sent before the nodes do. */
export const pastTheDoor: Send = async (lab, input, config = lab.config) =>
  pastDoorOf(lab.graph, input, config);

/** The same for any graph. */
export async function pastDoorOf(
  graph: object,
  input: unknown,
  config: RunnableConfig,
): Promise<unknown> {
  const bare = Object.getPrototypeOf(graph) as Bare;
  let last: unknown;
  const options = { ...config, streamMode: 'values' };
  for await (const chunk of bare._streamIterator.call(graph, input, options)) last = chunk;
  return last;
}

export const ENTRANCES: readonly (readonly [string, Send])[] = [
  ['through the door', throughTheDoor],
  ['past the door', pastTheDoor],
];

export const APPROVE = { decision: 'approve' };
export const approve = (): Command => new Command({ resume: APPROVE });
export const reject = (comment = 'no'): Command =>
  new Command({ resume: { decision: 'reject', comment } });

export type Stage = 'new' | 'running' | 'waiting' | 'completed' | 'blocked';
export const STAGES: readonly Stage[] = ['new', 'running', 'waiting', 'completed', 'blocked'];

/** Brings the thread to where the attack begins, and forgets how often agents ran until then. */
export async function bring(lab: Lab, stage: Stage): Promise<void> {
  if (stage !== 'new') await start(lab, stage);
  if (stage === 'completed') await throughTheDoor(lab, approve());
  for (const phase of PHASES) lab.reached[phase] = 0;
}

async function start(lab: Lab, stage: Stage): Promise<void> {
  if (stage === 'running') {
    lab.next.plan = () => {
      throw new Error('The process was killed.');
    };
  }
  const input = { input: { text: stage === 'blocked' ? 'forbidden' : 'a b' } };
  const started = throughTheDoor(lab, input);
  await (stage === 'running' ? started.catch(() => undefined) : started);
}

/** Does what a rightful caller does next, until the run has completed; gives the final state. */
export async function finish(lab: Lab, stage: Stage): Promise<Values> {
  if (stage === 'running') await throughTheDoor(lab, null);
  else if (stage !== 'waiting') await throughTheDoor(lab, { input: { text: 'c d' } });
  await throughTheDoor(lab, approve());
  return valuesOf(lab);
}

export type Values = Awaited<ReturnType<Lab['graph']['invoke']>>;

export async function valuesOf(lab: Lab, config: RunnableConfig = lab.config): Promise<Values> {
  const { values }: { values: Values } = await lab.graph.getState(config);
  return values;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What a call failed with, or undefined when it did not. */
export async function failureOf(call: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const { code, message, hint } = error as Partial<Failure>;
    return { code: code ?? '', message: message ?? '', hint: hint ?? '' };
  }
}
