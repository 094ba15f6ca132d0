import { digestOf } from '../../kernel/index.ts';
import { BLOCKED, COMPLETED, RunRecord, STATE_FORMAT, type Verdict } from '../../state/index.ts';
import { UnreadableStateError } from '../errors.ts';
import type { StateUpdate } from '../state/channels.ts';
import { NOTHING, readState } from '../state/read-state.ts';
import { readerAt, type RunView } from '../state/run-view.ts';
import { admit } from './admit.ts';
import type { Node, NodeParts } from './node-parts.ts';
import { placeOf, stateAt, type Place } from './place.ts';
import { later, newRun, refusalUpdate, visitUpdate, type RunBody } from './write.ts';

/** Gives the node that closes a run: `completed` or `blocked`. It is judged on entry like a phase. */
export function endNode(end: typeof COMPLETED | typeof BLOCKED, parts: NodeParts): Node {
  return async (state, config) => {
    const place = placeOf(config);
    let view: RunView;
    try {
      view = readState(stateAt(place, state), readerAt(parts, place.thread));
    } catch (error) {
      if (!(error instanceof UnreadableStateError) || error.foreign) throw error;
      if (end !== BLOCKED) return {};
      config.signal?.throwIfAborted();
      const update = closeUnreadable(state, parts, { thread: place.thread, error });
      await parts.trail?.ended({ thread: place.thread, config, view: NOTHING }, update, null);
      return update;
    }
    const { workflow, judge } = parts;
    const admission = await admit({ workflow, judge, node: end, view, place });
    const entry = { thread: place.thread, config, view };
    if (admission.kind === 'continue') {
      config.signal?.throwIfAborted();
      const update = close(end, parts, { view, place, ...admission });
      await parts.trail?.ended(entry, update, admission.verdict);
      return update;
    }
    if (admission.kind === 'refused') {
      const update = refusalUpdate(parts, view, { node: end, place, refused: admission.refused });
      await parts.trail?.refused(entry, update);
      return update;
    }
    throw new UnreadableStateError(`a run cannot begin at "${end}"`);
  };
}

/**
 * Closes the run together with the visit that ends it, when the gate behind that visit lets it end. A run that completes
 * takes no superstep more than on a bare graph; every other outcome is the guard edge's to lead on.
 */
export async function closeCompleted(
  parts: NodeParts,
  place: Place,
  { view, update }: { readonly view: RunView; readonly update: StateUpdate },
): Promise<StateUpdate> {
  const { run } = view;
  if (
    run === null ||
    !parts.workflow.transitions.some(({ from, to }) => from === run.phase && to === COMPLETED)
  ) {
    return update;
  }
  const verdict = await parts.judge.verdictOn(view, place.thread);
  if (verdict?.destination !== COMPLETED) return update;
  const closing = close(COMPLETED, parts, { view, place, run, verdict });
  return {
    ...update,
    run: closing.run ?? run,
    history: [...(update.history ?? []), ...(closing.history ?? [])],
  };
}

interface Closing {
  readonly view: RunView;
  readonly place: Place;
  readonly run: RunRecord;
  readonly verdict: Verdict;
}

function close(
  end: typeof COMPLETED | typeof BLOCKED,
  parts: NodeParts,
  closing: Closing,
): StateUpdate {
  const { view, place, run, verdict } = closing;
  const { seal: _, ...body } = run;
  const now = later(parts.clock.now(), run.startedAt);
  parts.logger.info(`run-${end}`, { thread: place.thread, run: run.id, workflow: run.workflow });
  const closed: RunBody = {
    ...body,
    status: end,
    endedAt: now,
    reason: end === BLOCKED ? reasonOf(verdict) : null,
  };
  const startedAt = view.history.at(-1)?.endedAt ?? now;
  const update = visitUpdate(parts, view, {
    place,
    run: closed,
    record: { phase: end, attempt: 1, startedAt, verdict },
  });
  return view.lifted.length === 0 ? update : { ...update, artifacts: view.lifted };
}

function reasonOf({ checks }: Verdict): string {
  const failed = checks.filter(({ outcome, mode }) => outcome !== 'pass' && mode === 'deny');
  return failed.map(({ id, message }) => `${id}: ${message}`).join(' ');
}

/** Closes a run whose state cannot be read; its other parts are left as they are, for whoever looks into it. */
function closeUnreadable(
  state: unknown,
  parts: NodeParts,
  { thread, error }: { readonly thread: string; readonly error: UnreadableStateError },
): StateUpdate {
  const found = RunRecord.safeParse(
    typeof state === 'object' && state !== null && 'run' in state ? state.run : null,
  );
  const now = parts.clock.now();
  const body: RunBody = found.success
    ? withoutSeal(found.data)
    : newRun(parts, { thread, inputDigest: digestOf(null) }, null);
  parts.logger.error('run-blocked', {
    code: error.code,
    run: body.id,
    workflow: parts.workflow.id,
  });
  const closed = {
    ...body,
    seq: body.seq + 1,
    status: BLOCKED,
    phase: BLOCKED,
    endedAt: now,
    reason: error.message,
  } as const;
  return { run: parts.sealer.seal('run', { ...closed, format: STATE_FORMAT }) };
}

function withoutSeal({ seal: _, ...body }: RunRecord): RunBody {
  return body;
}
