import type { z } from 'zod';

import type { Compliance } from '../../compliance/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { COMPLETED } from '../../state/index.ts';
import type { Check, Gate } from '../../validation/index.ts';
import type { PhaseShape } from './phase.ts';

/** An allowed move, and the gate that it goes through. */
export interface Transition<Id extends string = string, Facts = never> {
  readonly from: Id;
  readonly to: Id | typeof COMPLETED;
  /** Shown in drawings; `from-to` unless told. */
  readonly name?: string;
  /** Whether this is the way to take; the first transition out of a phase whose `when` passes is judged by its gate. */
  readonly when?: Check<Facts>;
  readonly gate: Gate<Facts>;
}

/** What a run has stored, as a migration sees it. */
export interface Snapshot {
  readonly input: JsonValue;
  readonly artifacts: Readonly<Record<string, JsonValue>>;
}

/** Lifts what version `from` stored to version `from + 1`. Pure. */
export interface Migration {
  readonly from: number;
  readonly migrate: (snapshot: Snapshot) => Snapshot;
}

/** A workflow as compile and the guards see it. */
export interface WorkflowShape {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly input: z.ZodType;
  readonly phases: readonly PhaseShape[];
  readonly transitions: readonly Transition[];
  readonly migrations: readonly Migration[];
  /** Standards that its gates ask by; see `withStandards`. */
  readonly compliance?: Compliance;
  /** Changes whenever a phase, a transition or a gate does. */
  readonly digest: string;
}
