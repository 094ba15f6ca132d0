import type { Config } from '../../config/index.ts';
import {
  bindPolicy,
  readPolicy,
  type BoundPolicy,
  type Policy,
} from '../../validation/rules/index.ts';
import {
  certainPhases,
  factsSchema,
  withBindings,
  type WorkflowDescription,
  type WorkflowShape,
} from '../../workflow/index.ts';
import { UnsignedPolicyError } from './errors.ts';
import { checkPolicySignature, type PolicySignature } from './policy-signature.ts';
import { readDataFile } from './read-policy-file.ts';
import {
  loadStandards,
  withLoadedStandards,
  type LoadedStandard,
} from './standards/load-standards.ts';

/** A policy of the configuration. */
export interface LoadedPolicy {
  readonly policy: Policy;
  readonly signature: PolicySignature;
}

/** The house's own rules. */
export interface Policies {
  readonly all: readonly LoadedPolicy[];
  /** Packs of standards, in place of those that come with Phasegate. */
  readonly standards: readonly LoadedStandard[];
  /**
   * Has a workflow's gates ask by those packs, and adds what the policies ask there.
   *
   * @throws VALIDATION_INVALID_RULE_PACK and COMPLIANCE_INVALID_STANDARD with the place of every mistake; APP_UNBOUND_STANDARD.
   */
  applyTo<Input, Artifacts>(
    workflow: WorkflowDescription<Input, Artifacts>,
  ): WorkflowDescription<Input, Artifacts>;
}

type Settings = Pick<Config, 'policy' | 'profile'>;

/**
 * Reads the policies, and the packs of standards, that the configuration names.
 *
 * @throws {@link UnsignedPolicyError} where signatures are demanded; VALIDATION_INVALID_RULE_PACK; COMPLIANCE_INVALID_STANDARD;
 * APP_UNREADABLE_FILE.
 */
export async function loadPolicies({ policy: settings, profile }: Settings): Promise<Policies> {
  const all = await Promise.all(
    settings.files.map(async (path): Promise<LoadedPolicy> => {
      const { file, bytes, value, place } = await readDataFile(path);
      const signature = await checkPolicySignature(path, bytes, settings.keys);
      if (settings.isSigned && signature.status !== 'signed')
        throw new UnsignedPolicyError(file, signature.status);
      return { policy: readPolicy(value, { file, place }), signature };
    }),
  );
  const standards = await loadStandards({ policy: settings });
  return Object.freeze({
    all: Object.freeze(all),
    standards,
    applyTo: <Input, Artifacts>(described: WorkflowDescription<Input, Artifacts>) => {
      const workflow = withLoadedStandards(described, standards);
      const bound = all.flatMap(({ policy }) => bindTo(workflow, policy, profile) ?? []);
      if (bound.length === 0) return workflow;
      return withBindings(workflow, (move) => bound.flatMap(({ bindingsAt }) => bindingsAt(move)));
    },
  });
}

/** Types a policy against a workflow's facts; undefined where it does not mean the workflow. */
export function bindTo(
  workflow: WorkflowShape,
  policy: Policy,
  profile: Config['profile'],
): BoundPolicy<object> | undefined {
  return bindPolicy(policy, {
    workflow: workflow.id,
    profile,
    facts: factsSchema(workflow),
    phases: workflow.phases.map(({ id }) => id),
    transitions: workflow.transitions,
    artifactsAt: ({ from }) => certainPhases(workflow, from),
  });
}
