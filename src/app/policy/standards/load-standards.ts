import {
  editionChanges,
  findStandard,
  InvalidBindingError,
  InvalidStandardError,
  readStandard,
  STANDARD_IDS,
  type EditionChanges,
  type Standard,
} from '../../../compliance/index.ts';
import type { Config } from '../../../config/index.ts';
import type { Place } from '../../../validation/rules/index.ts';
import { withEdition, type WorkflowDescription } from '../../../workflow/index.ts';
import { describeWorkflow, workflowNamed, WORKFLOWS } from '../../workflows/catalogue.ts';
import { compareVersions } from '../compare-versions.ts';
import { UnboundStandardError, UnsignedPolicyError } from '../errors.ts';
import { checkPolicySignature, type PolicySignature } from '../policy-signature.ts';
import { readDataFile } from '../read-policy-file.ts';

/** A standard's pack of the configuration, by which the gates of a workflow ask. */
export interface LoadedStandard {
  readonly workflow: string;
  /** As it is shown: relative to the working directory. */
  readonly file: string;
  readonly standard: Standard;
  readonly signature: PolicySignature;
  readonly place: Place;
}

/** Names a pack of the configuration among policies: `payment-approval/sox`. */
export function editionName({ workflow, standard }: LoadedStandard): string {
  return `${workflow}/${standard.id}`;
}

/** Gives what a pack says otherwise than the one of its workflow whose place it takes. */
export function changesIn({ workflow, standard }: LoadedStandard): EditionChanges {
  const described = WORKFLOWS.find(({ id }) => id === workflow) && describeWorkflow(workflow);
  const bound = described?.compliance?.standards.find((one) => one.standard.id === standard.id);
  // A workflow of code is asked by what comes with Phasegate, as far as can be told here, or by a standard of its own.
  const shipped = STANDARD_IDS.includes(standard.id) ? findStandard(standard.id) : standard;
  return editionChanges(standard, bound?.standard ?? shipped);
}

/**
 * Reads the packs of standards that the configuration names.
 *
 * @throws {@link UnsignedPolicyError} where signatures are demanded; COMPLIANCE_INVALID_STANDARD with every mistake at its place, also
 * for a standard that is named twice for a workflow; APP_UNREADABLE_FILE.
 */
export async function loadStandards({
  policy: { standards, keys, isSigned },
}: Pick<Config, 'policy'>): Promise<readonly LoadedStandard[]> {
  const all = await Promise.all(
    standards.map(async ({ workflow, file: path }): Promise<LoadedStandard> => {
      const { file, bytes, value, place } = await readDataFile(path);
      const signature = await checkPolicySignature(path, bytes, keys);
      if (isSigned && signature.status !== 'signed')
        throw new UnsignedPolicyError(file, signature.status);
      return { workflow, file, standard: readStandard(value, { file, place }), signature, place };
    }),
  );
  const names = all.map(editionName);
  const twice = all.find((one, index) => names.indexOf(editionName(one)) !== index);
  if (twice !== undefined)
    refuse(twice, ['id'], `Another pack of this standard is named for "${twice.workflow}".`);
  return Object.freeze(all);
}

/**
 * Has the gates of a workflow ask by the packs that the configuration names for it.
 *
 * @throws COMPLIANCE_INVALID_STANDARD for a pack that is no newer than the one that it takes the place of, or with a check that finds no
 * transition, at its place; {@link UnboundStandardError}; APP_UNKNOWN_WORKFLOW for a workflow that is misspelled.
 */
export function withLoadedStandards<Input, Artifacts>(
  described: WorkflowDescription<Input, Artifacts>,
  standards: readonly LoadedStandard[],
): WorkflowDescription<Input, Artifacts> {
  let workflow = described;
  for (const loaded of standards) {
    // A workflow that is misspelled must not be asked by what comes with Phasegate in silence.
    if (loaded.workflow === described.id) workflow = withLoaded(workflow, loaded);
    else workflowNamed(loaded.workflow);
  }
  return workflow;
}

function withLoaded<Input, Artifacts>(
  workflow: WorkflowDescription<Input, Artifacts>,
  loaded: LoadedStandard,
): WorkflowDescription<Input, Artifacts> {
  const { standard, file } = loaded;
  const bound = workflow.compliance?.standards.find((one) => one.standard.id === standard.id);
  if (bound === undefined) throw new UnboundStandardError(file, standard.id);
  const { version } = bound.standard;
  if (compareVersions(standard.version, version) <= 0)
    refuse(
      loaded,
      ['version'],
      `Expected a version above ${version}, that of the pack whose place it takes.`,
    );
  try {
    return withEdition(workflow, standard);
  } catch (error) {
    if (!(error instanceof InvalidBindingError)) throw error;
    const index = standard.checks.findIndex(({ id }) => id === error.details['check']);
    return refuse(loaded, index < 0 ? ['id'] : ['checks', index], error.message);
  }
}

function refuse(
  { file, place }: LoadedStandard,
  path: readonly (string | number)[],
  message: string,
): never {
  throw new InvalidStandardError(file, [{ path: path.join('.'), message, ...place(path) }]);
}
