import type { PhaseShape } from '../definition/phase.ts';
import { UnreadableStateError } from '../errors.ts';
import type { StateUpdate } from '../state/channels.ts';
import { noteFreshState } from '../state/fresh-state.ts';
import { noteView } from '../state/known-views.ts';
import { readState } from '../state/read-state.ts';
import { readerAt, type Reader, type RunView } from '../state/run-view.ts';
import type { VisitTrail } from '../trail/run-trail.ts';
import { admit } from './admit.ts';
import { closeCompleted } from './end-node.ts';
import type { Node, NodeParts } from './node-parts.ts';
import { placeOf, stateAt } from './place.ts';
import { startOf, type Admitted, type Started } from './visit-start.ts';
import { viewAfter, writeWork } from './visit-update.ts';
import { workOn, type Work } from './visit-work.ts';
import { refusalUpdate, runIdOf } from './write.ts';

/** Gives the node of a phase: judged on entry, then its agent, then one sealed update. */
export function phaseNode(phase: PhaseShape, parts: NodeParts): Node {
  return async (state, config) => {
    const place = placeOf(config);
    const view = readable(stateAt(place, state), readerAt(parts, place.thread));
    // The guard edge behind this node meets the same state, and leads to where the run is closed with the reason.
    if (view === undefined) return {};
    const { workflow, judge } = parts;
    const admission = await admit({ workflow, judge, node: phase.id, view, place });
    if (admission.kind === 'refused') {
      const { refused } = admission;
      parts.logger.warn('phase-refused', {
        thread: place.thread,
        phase: phase.id,
        code: refused.code,
      });
      const update = refusalUpdate(parts, view, { node: phase.id, place, refused });
      await parts.trail?.refused({ thread: place.thread, config, view }, update);
      return update;
    }
    // Asked before anything runs; who goes on with a run did not begin it, nor who answers its first phase.
    const of = { thread: place.thread, run: runIdOf(place) };
    const by = admission.kind === 'begin' ? await parts.trail?.beganBy(config, of) : undefined;
    return visitPhase(phase, parts, { state, view, place, admission, config, by });
  };
}

function readable(state: unknown, reader: Reader): RunView | undefined {
  try {
    return readState(state, reader);
  } catch (error) {
    if (error instanceof UnreadableStateError && !error.foreign) return undefined;
    throw error;
  }
}

async function visitPhase(
  phase: PhaseShape,
  parts: NodeParts,
  admitted: Admitted,
): Promise<StateUpdate> {
  // A try that LangGraph repeats is none any more once the run was stopped.
  admitted.config.signal?.throwIfAborted();
  const start = startOf(phase, parts, admitted);
  const started = { ...admitted, start };
  const told = openTrail(phase, parts, started);
  if (told !== undefined) await told.entered();
  const working = workOn(phase, parts, { started, told });
  const work = await (told === undefined ? working : watched(told, working));
  const update = writeWork(phase, parts, { started, work });
  const view = viewAfter(start.view, update);
  const closed = await closeCompleted(parts, admitted.place, { view, update });
  if (told !== undefined) {
    const next =
      closed === update ? await parts.judge.verdictOn(view, admitted.place.thread) : undefined;
    // Judging takes time too. What is stopped from here on was recorded, and is kept or done again.
    admitted.config.signal?.throwIfAborted();
    await told.finished({ update: closed, view, decisions: work.decisions, next });
  }
  const fresh = noteFreshState(admitted.state, closed, parts.reducers);
  // What the edge behind this node and the next node will read; of a run that has ended nothing is read.
  if (closed === update) noteView(fresh, view, readerAt(parts, admitted.place.thread));
  return closed;
}

function openTrail(
  phase: PhaseShape,
  { trail, variantOf }: NodeParts,
  { place: { thread }, config, start }: Started,
): VisitTrail | undefined {
  const { run, view, verdict } = start;
  const worker = { phase, variant: variantOf(phase) };
  return trail?.visit({ thread, config, run, worker, visits: view.visits, verdict });
}

/** Records that the visit waits for a person, or failed, before anybody hears of it. */
async function watched(told: VisitTrail, work: Promise<Work>): Promise<Work> {
  try {
    return await work;
  } catch (error) {
    await told.stopped(error);
    throw error;
  }
}
