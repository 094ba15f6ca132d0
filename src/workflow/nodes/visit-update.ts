import { digestOf } from '../../kernel/index.ts';
import type { PhaseShape } from '../definition/phase.ts';
import type { StateUpdate } from '../state/channels.ts';
import { noteFitting } from '../state/lift-artifacts.ts';
import { addUsage, countAttempts } from '../state/read-state.ts';
import type { RunView } from '../state/run-view.ts';
import type { NodeParts } from './node-parts.ts';
import type { Started } from './visit-start.ts';
import type { Work } from './visit-work.ts';
import { artifactRecord, visitUpdate } from './write.ts';

/** Seals what the agent produced, its visit and the new place of the run. */
export function writeWork(
  phase: PhaseShape,
  parts: NodeParts,
  { started, work }: { readonly started: Started; readonly work: Work },
): StateUpdate {
  const { view, place, start } = started;
  const { run, attempt, startedAt, verdict } = start;
  const { value, variant, fallback, answers, approvals, usage } = work;
  const made = artifactRecord(parts, {
    run: run.id,
    phase: phase.id,
    attempt,
    visit: place.visit,
    producedAt: parts.clock.now(),
    value,
    digest: digestOf(value),
  });
  noteFitting(made, parts.workflow);
  const record = {
    phase: phase.id,
    attempt,
    startedAt,
    verdict,
    usage,
    agent: phase.agent.id,
    variant,
    ...(fallback === undefined ? {} : { fallback }),
  };
  return {
    ...visitUpdate(parts, view, { place, run, record: { ...record, answers: [...answers] } }),
    artifacts: [...start.artifacts, made],
    // An empty write would still count as one, and be stored.
    ...(approvals.length === 0 ? {} : { approvals }),
  };
}

/** What the next reader will find, told from what is written now. */
export function viewAfter(view: RunView, update: StateUpdate): RunView {
  const { artifacts = [], history = [], approvals = [] } = update;
  const visits = [...view.history, ...history];
  return {
    ...view,
    run: update.run ?? view.run,
    artifacts: {
      ...view.artifacts,
      ...Object.fromEntries(artifacts.map((made) => [made.phase, made])),
    },
    history: visits,
    visits: view.visits + history.length,
    attempts: countAttempts(history, view.attempts),
    usage: history.reduce((sum, { usage }) => addUsage(sum, usage), view.usage),
    approvals: [...view.approvals, ...approvals],
    mailbox: null,
    lifted: [],
  };
}
