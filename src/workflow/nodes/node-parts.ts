import type { RunnableConfig } from '@langchain/core/runnables';
import type { StructuredTool } from '@langchain/core/tools';

import type { Logger } from '../../kernel/index.ts';
import type { Model } from '../../models/index.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';
import type { FallbackRule } from '../fallback.ts';
import type { Judge } from '../guard/judge.ts';
import type { Reducers, StateUpdate } from '../state/channels.ts';
import type { RunTrail } from '../trail/run-trail.ts';
import type { ModelAccount } from './counted-model.ts';
import type { Writer } from './write.ts';

/** The visit that tools are for. */
export interface ToolPlace {
  readonly thread: string;
  readonly run: string;
  readonly phase: string;
}

/**
 * Gives what a phase may use: for operations of plugins, `toolsFor(executor, { caller, allow, place })`. `config` is the run's, from
 * which `identify` tells who is calling.
 */
export type ToolSource = (
  place: ToolPlace,
  config: RunnableConfig,
) => Promise<readonly StructuredTool[]>;

/** What the nodes of one compiled workflow share. */
export interface NodeParts extends Writer {
  readonly judge: Judge;
  readonly reducers: Reducers;
  readonly logger: Logger;
  /** Where the run is recorded; undefined where nobody asked for it. */
  readonly trail: RunTrail | undefined;
  readonly model: Model | undefined;
  /** Gives the tools of a visit; none where nobody gave any. */
  readonly tools: ToolSource;
  /** By visit: what its tries have done with the model so far. */
  readonly accounts: Map<string, ModelAccount>;
  readonly variantOf: (phase: PhaseShape) => Variant;
  /** What works where a model has failed for good. */
  readonly fallback: FallbackRule;
}

/** A node of the graph. */
export type Node = (state: unknown, config: RunnableConfig) => Promise<StateUpdate>;
