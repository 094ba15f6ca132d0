import { BLOCKED, type RunRecord, type Verdict } from '../../state/index.ts';
import { waysBack } from '../definition/inspect-definition.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import type { Judge } from '../guard/judge.ts';
import { ERASED, isErased } from '../state/erased.ts';
import type { RunView } from '../state/run-view.ts';
import type { Place } from './place.ts';

/** Why a node may not run now. */
export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** Whether the run has to be led back to where it stands, because nothing else will. */
  readonly rerouted: boolean;
}

/** What an entry guard says. */
export type Admission =
  | { readonly kind: 'begin' }
  | { readonly kind: 'continue'; readonly run: RunRecord; readonly verdict: Verdict }
  | { readonly kind: 'refused'; readonly refused: Refused };

/** What {@link admit} needs. */
export interface Entry {
  readonly node: string;
  readonly view: RunView;
  readonly place: Place;
  readonly workflow: WorkflowShape;
  readonly judge: Judge;
}

/**
 * The guard on entry: the gate is judged again on the facts of now, and the node runs only if the verdict leads to it.
 * A jump (`Command({ goto })`, `Send`, `updateState(config, values, asNode)`) comes in here and no further.
 */
export async function admit(entry: Entry): Promise<Admission> {
  const { node, view, place, workflow, judge } = entry;
  if (place.pushed)
    return refuse('PHASE_PUSHED', `"${node}" was sent a state of the caller's own.`, false);
  if (view.run === null || view.run.status !== 'running') return begin(entry);
  if (Object.values(view.artifacts).some(isErased)) return { kind: 'refused', refused: OF_ERASED };
  const verdict = await judge.verdictOn(view, place.thread);
  if (verdict === undefined)
    return refuse('PHASE_NOT_REACHED', `Nothing leads to "${node}" now.`, false);
  if (verdict.destination === node) return { kind: 'continue', run: view.run, verdict };
  const message = `The run stands behind "${view.run.phase}", and its gate leads to "${verdict.destination}", not to "${node}".`;
  const rerouted = view.mailbox !== null || canFollow(workflow, view.run.phase, node);
  return refuse('PHASE_NOT_REACHED', message, rerouted);
}

/** An agent that works on with what is left would make something up. */
const OF_ERASED: Refused = Object.freeze({
  code: 'PHASE_ERASED',
  message: 'The data of a person were erased from this run, so it does not go on.',
  remedy: 'Begin a run on another thread, without that person.',
  rerouted: false,
});

function begin({ node, view, workflow }: Entry): Admission {
  if (view.mailbox === null)
    return refuse('PHASE_NO_INPUT', `No run is under way and no input waits for "${node}".`, false);
  if (isErased(view.mailbox) || view.mailbox === ERASED)
    return { kind: 'refused', refused: OF_ERASED };
  if (workflow.phases[0]?.id !== node)
    return refuse('PHASE_NOT_FIRST', `A run does not begin at "${node}".`, false);
  const parsed = workflow.input.safeParse(view.mailbox);
  if (parsed.success) return { kind: 'begin' };
  const places = parsed.error.issues
    .slice(0, 5)
    .map(({ path }) => path.map(String).join('.') || 'the input');
  return refuse(
    'PHASE_INVALID_INPUT',
    `The input does not fit the workflow's schema at: ${places.join(', ')}.`,
    false,
  );
}

/** Whether some verdict could lead from `from` to `node`, so that only today's facts speak against it. */
function canFollow({ transitions }: WorkflowShape, from: string | null, node: string): boolean {
  if (node === BLOCKED) return true;
  return transitions.some((transition) => {
    return (
      transition.from === from &&
      (transition.to === node || waysBack(from, transition.gate).includes(node))
    );
  });
}

function refuse(code: string, message: string, rerouted: boolean): Admission {
  const remedy = rerouted
    ? 'Nothing is to be done: the run goes on where its gate leads.'
    : 'Resume the run where it stands, or begin one with new input.';
  return { kind: 'refused', refused: { code, message, remedy, rerouted } };
}
