import type { RunnableConfig } from '@langchain/core/runnables';

import { placeOf } from '../nodes/place.ts';
import { readState } from '../state/read-state.ts';
import type { Reader } from '../state/run-view.ts';

/** The parts of a compiled graph that a run is led back by. */
export interface Steerable {
  getState(
    config: never,
  ): Promise<{ readonly values: unknown; readonly tasks: readonly unknown[] }>;
  updateState(config: never, values: never, asNode: never): Promise<RunnableConfig>;
}

/**
 * Leads a run under way back to where it stands, if nothing is to be done next on its thread. `updateState` as a start or
 * an end leaves a thread like that, and it would look finished for good.
 *
 * @returns The config to go on with, if the run was led back.
 * @throws {@link UnreadableStateError} if the state of a thread without a next step cannot be read.
 */
export async function leadBack(
  graph: Steerable,
  config: RunnableConfig,
  reader: Omit<Reader, 'thread'>,
): Promise<RunnableConfig | undefined> {
  const { values, tasks } = await graph.getState(config as never);
  // `next` leaves out a task that was answered and then failed.
  if (tasks.length > 0) return undefined;
  const { run } = readState(values, { ...reader, thread: placeOf(config).thread });
  if (run === null || run.status !== 'running' || run.phase === null) return undefined;
  // The guard edge behind every node decides by where the run stands, whichever node it hangs on.
  const led = await graph.updateState(config as never, {} as never, run.phase as never);
  if (config.configurable?.['checkpoint_id'] === undefined) return config;
  return { ...config, configurable: { ...config.configurable, ...led.configurable } };
}
