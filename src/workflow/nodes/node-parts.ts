import type { RunnableConfig } from '@langchain/core/runnables';

import type { Logger } from '../../kernel/index.ts';
import type { Model } from '../../models/index.ts';
import type { PhaseShape, Variant } from '../definition/phase.ts';
import type { Judge } from '../guard/judge.ts';
import type { Reducers, StateUpdate } from '../state/channels.ts';
import type { RunTrail } from '../trail/run-trail.ts';
import type { ModelAccount } from './counted-model.ts';
import type { Writer } from './write.ts';

/** What the nodes of one compiled workflow share. */
export interface NodeParts extends Writer {
  readonly judge: Judge;
  readonly reducers: Reducers;
  readonly logger: Logger;
  /** Where the run is recorded; undefined where nobody asked for it. */
  readonly trail: RunTrail | undefined;
  readonly model: Model | undefined;
  /** By visit: what its tries have done with the model so far. */
  readonly accounts: Map<string, ModelAccount>;
  readonly variantOf: (phase: PhaseShape) => Variant;
}

/** A node of the graph. */
export type Node = (state: unknown, config: RunnableConfig) => Promise<StateUpdate>;
