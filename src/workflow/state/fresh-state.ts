import { deepFrozen, isPhasegateError } from '../../kernel/index.ts';
import type { Reducers, StateUpdate, WorkflowState } from './channels.ts';

/** An update, and what the channels hold once it is written. */
export interface FreshState {
  readonly update: StateUpdate;
  readonly state: WorkflowState;
}

const freshStates = new WeakMap<object, FreshState>();

/** Gives what a node noted for its own update; undefined for everything else. */
export function freshStateOf(update: unknown): FreshState | undefined {
  return typeof update === 'object' && update !== null ? freshStates.get(update) : undefined;
}

/**
 * Works out what the channels will hold once `update` is written, by the reducers that the channels themselves ask.
 *
 * @param before - The state that the node was given.
 * @returns Undefined if a channel would refuse a part of it.
 */
export function noteFreshState(
  before: unknown,
  update: StateUpdate,
  reducers: Reducers,
): WorkflowState | undefined {
  try {
    const state = joined(stateOf(before), deepFrozen(update), reducers);
    freshStates.set(update, { update, state });
    return state;
  } catch (error) {
    // What a channel refuses is for the channel to tell.
    if (isPhasegateError(error)) return undefined;
    throw error;
  }
}

const NOTHING: WorkflowState = Object.freeze({
  input: null,
  run: null,
  artifacts: Object.freeze({}),
  history: Object.freeze([]),
  approvals: Object.freeze([]),
  refusals: Object.freeze([]),
});

/** The node has read this state already, so its parts are what the phases write. */
function stateOf(before: unknown): WorkflowState {
  return { ...NOTHING, ...(before as Partial<WorkflowState>) };
}

function joined(before: WorkflowState, update: StateUpdate, reducers: Reducers): WorkflowState {
  const { input, run, artifacts, history, approvals, refusals } = update;
  return {
    input: input === undefined ? before.input : input,
    run: run === undefined ? before.run : reducers.run(before.run, run),
    artifacts:
      artifacts === undefined
        ? before.artifacts
        : reducers.artifacts(before.artifacts as never, artifacts),
    history: history === undefined ? before.history : reducers.history(before.history, history),
    approvals:
      approvals === undefined ? before.approvals : reducers.approvals(before.approvals, approvals),
    refusals:
      refusals === undefined ? before.refusals : reducers.refusals(before.refusals, refusals),
  };
}
