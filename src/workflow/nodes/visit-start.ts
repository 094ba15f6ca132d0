import type { RunnableConfig } from '@langchain/core/runnables';

import { digestOf } from '../../kernel/index.ts';
import { INPUT, type ArtifactRecord, type Principal, type Verdict } from '../../state/index.ts';
import type { PhaseShape } from '../definition/phase.ts';
import { NOTHING } from '../state/read-state.ts';
import type { RunView } from '../state/run-view.ts';
import type { Admission } from './admit.ts';
import type { NodeParts } from './node-parts.ts';
import type { Place } from './place.ts';
import { artifactRecord, newRun, runIdOf, type RunBody } from './write.ts';

/** A phase that was let in. */
export interface Admitted {
  readonly state: unknown;
  readonly view: RunView;
  readonly place: Place;
  readonly admission: Exclude<Admission, { kind: 'refused' }>;
  readonly config: RunnableConfig;
  /** Who begins a run that is recorded. */
  readonly by: Principal | undefined;
}

/** What a visit starts from: a run that begins takes its input out of the mailbox and nothing from before. */
export interface Start {
  readonly run: RunBody;
  readonly view: RunView;
  readonly verdict: Verdict | null;
  readonly attempt: number;
  readonly startedAt: string;
  /** Artifacts to write besides the phase's own. */
  readonly artifacts: readonly ArtifactRecord[];
}

/** A visit that begins. */
export interface Started extends Admitted {
  readonly start: Start;
}

/** Gives what a visit starts from. */
export function startOf(phase: PhaseShape, parts: NodeParts, admitted: Admitted): Start {
  const { view, place, admission, by } = admitted;
  if (admission.kind === 'continue') {
    return {
      run: unsealed(admission.run),
      view,
      verdict: admission.verdict,
      attempt: (view.attempts[phase.id] ?? 0) + 1,
      startedAt: view.history.at(-1)?.endedAt ?? parts.clock.now(),
      artifacts: view.lifted,
    };
  }
  const digest = digestOf(view.mailbox);
  const recorded = by === undefined ? {} : { by, id: runIdOf(place) };
  const opening = { thread: place.thread, inputDigest: digest, ...recorded };
  const run = newRun(parts, opening, view.run);
  const made = {
    run: run.id,
    phase: INPUT,
    attempt: 1,
    visit: place.visit,
    producedAt: run.startedAt,
    value: view.mailbox,
    digest,
  };
  const fresh = { ...NOTHING, mailbox: view.mailbox, visits: view.visits, input: view.mailbox };
  return {
    run,
    view: fresh,
    verdict: null,
    attempt: 1,
    startedAt: run.startedAt,
    artifacts: [artifactRecord(parts, made)],
  };
}

function unsealed({ seal: _, ...run }: RunBody & { readonly seal: string }): RunBody {
  return run;
}
