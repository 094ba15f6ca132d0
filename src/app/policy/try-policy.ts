import { resolve } from 'node:path';

import type { Config } from '../../config/index.ts';
import {
  readPolicy,
  readPolicyCases,
  runPolicyCases,
  type BoundPolicy,
  type Policy,
  type PolicyCaseResult,
} from '../../validation/rules/index.ts';
import type { WorkflowDescription } from '../../workflow/index.ts';
import { describeWorkflow, WORKFLOWS } from '../workflows/catalogue.ts';
import { UnboundPolicyError } from './errors.ts';
import { bindTo } from './load-policies.ts';
import { readDataFile } from './read-policy-file.ts';

/** A policy, held against one workflow. */
export interface CheckedPolicy {
  readonly workflow: string;
  readonly digest: string;
  readonly rules: number;
  /** What is asked where: transitions of the workflow with the ids and modes of the rules. */
  readonly transitions: readonly {
    readonly from: string;
    readonly to: string;
    readonly checks: readonly { readonly id: string; readonly mode: string }[];
  }[];
}

/**
 * Reads a file of rules and types it against every workflow that it means.
 *
 * @param workflow - Only this one; all that are known unless told.
 * @throws VALIDATION_INVALID_RULE_PACK with every mistake at its place; {@link UnboundPolicyError}; APP_UNREADABLE_FILE.
 */
export async function checkPolicyFile(
  file: string,
  { workflow, profile }: PolicyScope,
): Promise<readonly CheckedPolicy[]> {
  const bound = boundIn(await readPolicyFile(file), { workflow, profile });
  return bound.map(({ workflow: { id, transitions }, policy }) => ({
    workflow: id,
    digest: policy.digest,
    rules: policy.pack.rules.length,
    transitions: transitions.map(({ from, to }) => ({
      from,
      to,
      checks: policy.bindingsAt({ from, to }).map(({ check, mode }) => ({ id: check.id, mode })),
    })),
  }));
}

/** For which workflow, and which profile of the configuration. */
export interface PolicyScope {
  readonly workflow?: string | undefined;
  readonly profile: Config['profile'];
}

/** Runs a file of cases against a policy, bound to one workflow. @throws as {@link checkPolicyFile} */
export async function testPolicyFile(
  file: string,
  cases: string,
  scope: PolicyScope,
): Promise<readonly PolicyCaseResult[]> {
  const data = await readDataFile(resolve(cases));
  const all = readPolicyCases(data.value, data.file);
  const bound = boundIn(await readPolicyFile(file), scope);
  const results = await Promise.all(
    bound.map(async ({ workflow, policy }) => {
      const prefix = bound.length > 1 ? `${workflow.id}: ` : '';
      const done = await runPolicyCases(policy, all);
      return done.map((result) => ({ ...result, name: `${prefix}${result.name}` }));
    }),
  );
  return results.flat();
}

/** @throws APP_UNREADABLE_FILE; VALIDATION_INVALID_RULE_PACK. */
async function readPolicyFile(path: string): Promise<Policy> {
  const { file, value, place } = await readDataFile(resolve(path));
  return readPolicy(value, { file, place });
}

/** Binds a policy to the workflows that it means. @throws {@link UnboundPolicyError} */
export function boundIn(
  policy: Policy,
  { workflow, profile }: PolicyScope,
): readonly {
  readonly workflow: WorkflowDescription<unknown, unknown>;
  readonly policy: BoundPolicy<object>;
}[] {
  const ids = workflow === undefined ? WORKFLOWS.map(({ id }) => id) : [workflow];
  const bound = ids.flatMap((id) => {
    const described = describeWorkflow(id);
    const found = bindTo(described, policy, profile);
    return found === undefined ? [] : [{ workflow: described, policy: found }];
  });
  if (bound.length === 0) throw new UnboundPolicyError(policy.file, ids);
  return bound;
}
