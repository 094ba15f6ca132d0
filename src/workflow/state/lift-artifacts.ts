import { z } from 'zod';

import { deepFrozen, digestOf, frozenJson, type JsonValue } from '../../kernel/index.ts';
import { INPUT, type ArtifactRecord, type RunRecord } from '../../state/index.ts';
import type { Snapshot, WorkflowShape } from '../definition/workflow-shape.ts';
import { UnreadableStateError } from '../errors.ts';
import { isErased } from './erased.ts';
import type { Sealer } from './sealer.ts';

/** Artifacts whose values fitted their phase's schema under the workflow named. */
const fittingValues = new WeakMap<object, WorkflowShape>();

/** What a migration gives back; anything else, such as a promise, would be taken for a snapshot without changes. */
const Migrated = z.strictObject({
  input: z.custom<JsonValue>((value) => value !== undefined),
  artifacts: z.record(
    z.string(),
    z.custom<JsonValue>((value) => value !== undefined),
  ),
});

/** Artifacts in the shape of today's version, and those of them that a migration made. */
interface Lifted {
  readonly artifacts: Readonly<Record<string, ArtifactRecord>>;
  readonly lifted: readonly ArtifactRecord[];
}

/**
 * Lifts what an older version of the workflow stored, step by step, and holds every value against its phase's schema.
 *
 * @throws {@link UnreadableStateError} if a value does not fit.
 */
export function liftArtifacts(
  stored: Readonly<Record<string, ArtifactRecord>>,
  run: RunRecord,
  { workflow, sealer }: { readonly workflow: WorkflowShape; readonly sealer: Sealer },
): Lifted {
  if (run.version === workflow.version) {
    checkValues(stored, workflow);
    return { artifacts: stored, lifted: [] };
  }
  const values = Object.fromEntries(
    Object.entries(stored).flatMap(([phase, { value }]) =>
      phase === INPUT ? [] : [[phase, value]],
    ),
  );
  let snapshot: Snapshot = { input: stored[INPUT]?.value ?? null, artifacts: values };
  for (let step = run.version; step < workflow.version; step += 1) {
    const migration = workflow.migrations.find(({ from }) => from === step);
    if (migration !== undefined) snapshot = Migrated.parse(migration.migrate(deepFrozen(snapshot)));
  }
  const lifted = Object.values(stored).map((record) => {
    const { seal: _, ...body } = record;
    const value = frozenJson(
      record.phase === INPUT ? snapshot.input : snapshot.artifacts[record.phase],
    );
    return sealer.seal('artifact', {
      ...body,
      version: workflow.version,
      value,
      digest: digestOf(value),
    });
  });
  const artifacts = Object.fromEntries(lifted.map((record) => [record.phase, record]));
  checkValues(artifacts, workflow);
  return { artifacts, lifted };
}

function checkValues(
  artifacts: Readonly<Record<string, ArtifactRecord>>,
  workflow: WorkflowShape,
): void {
  for (const { id, agent } of workflow.phases) {
    const record = artifacts[id];
    // What was erased fits no schema any more, and is no reason to lose the rest.
    if (record === undefined || isErased(record) || fittingValues.get(record) === workflow)
      continue;
    if (!agent.artifact.safeParse(record.value).success) {
      throw new UnreadableStateError(`the artifact of "${id}" does not fit its schema`);
    }
    fittingValues.set(record, workflow);
  }
}

/** Notes that the value of an artifact came out of its phase's schema just now. */
export function noteFitting(record: ArtifactRecord, workflow: WorkflowShape): void {
  fittingValues.set(record, workflow);
}
