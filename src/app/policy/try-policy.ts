import { resolve } from 'node:path';

import type { Config } from '../../config/index.ts';
import {
  judgeByPolicy,
  readPolicy,
  readPolicyCases,
  runPolicyCases,
  type BoundPolicy,
  type Policy,
  type PolicyCaseResult,
} from '../../validation/rules/index.ts';
import {
  recordedDecision,
  type RecordedDecision,
  type WorkflowDescription,
} from '../../workflow/index.ts';
import type { App } from '../open-app.ts';
import { checkpointOf } from '../thread-view.ts';
import { withKnownThread, type Caller } from '../threads.ts';
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

/** A recorded decision on which a policy says something else than what is in force. */
export interface ChangedDecision {
  readonly thread: string;
  readonly workflow: string;
  readonly checkpoint: string;
  readonly from: string;
  readonly to: string;
  /** What the policies in force say of these facts, and what the file says: `allow`, `revise` or `deny`. */
  readonly before: string;
  readonly after: string;
  /** Rules that answer otherwise, with both answers; `-` where one side does not ask. */
  readonly rules: readonly {
    readonly id: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** What a dry run found. */
export interface PolicyReplay {
  readonly threads: number;
  readonly decisions: number;
  readonly changed: readonly ChangedDecision[];
  /** Threads whose state could not be read, with the error's code. */
  readonly unreadable: readonly { readonly thread: string; readonly code: string }[];
}

/** What a dry run is about. */
export interface ReplayOrder {
  readonly file: string;
  readonly thread?: string | undefined;
  readonly workflow?: string | undefined;
  readonly caller: Caller;
}

/**
 * Asks a file of rules about every decision that the recorded runs have made, beside the policy of the same id that is in
 * force, if there is one. Nothing is run or written.
 *
 * @throws as {@link checkPolicyFile}
 */
export async function replayPolicy(
  app: App,
  { file, thread, caller, ...scope }: ReplayOrder,
): Promise<PolicyReplay> {
  const { profile } = app.config;
  const policy = await readPolicyFile(file);
  const bound = boundIn(policy, { ...scope, profile });
  const inForce = app.policies.all.find((one) => one.policy.id === policy.id)?.policy;
  const changed: ChangedDecision[] = [];
  const unreadable: { thread: string; code: string }[] = [];
  let [threads, decisions] = [0, 0];
  for (const record of await app.storage.threads.list()) {
    const target = bound.find(({ workflow }) => workflow.id === record.workflow);
    if (target === undefined || (thread !== undefined && record.thread !== thread)) continue;
    threads += 1;
    const before = inForce && bindTo(target.workflow, inForce, profile);
    const pair = { before, after: target.policy };
    try {
      // One thread after the other: each is locked while it is read.
      // oxlint-disable-next-line no-await-in-loop
      const found = await replayThreadOf(app, { thread: record.thread, ...pair }, caller);
      decisions += found.decisions;
      changed.push(...found.changed);
    } catch (error) {
      unreadable.push({ thread: record.thread, code: codeOf(error) });
    }
  }
  return { threads, decisions, changed, unreadable };
}

interface Replaying {
  readonly thread: string;
  readonly before: BoundPolicy | undefined;
  readonly after: BoundPolicy;
}

async function replayThreadOf(
  app: App,
  { thread, before, after }: Replaying,
  caller: Caller,
): Promise<Pick<PolicyReplay, 'decisions' | 'changed'>> {
  return withKnownThread(app, { thread, caller }, async ({ graph, config, workflow }) => {
    const seen = new Set<string>();
    const changed: ChangedDecision[] = [];
    for await (const snapshot of graph.getStateHistory(config)) {
      const { sealKey } = app;
      const asked = await recordedDecision(snapshot.values, { workflow, sealKey, thread });
      if (asked === undefined) continue;
      const key = `${asked.from} ${asked.to} ${asked.factsDigest}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const difference = await compare(asked, before, after);
      if (difference === undefined) continue;
      const checkpoint = checkpointOf(snapshot.config) ?? '';
      changed.push({ thread, workflow: workflow.id, checkpoint, ...difference });
    }
    return { decisions: seen.size, changed };
  });
}

type Difference = Omit<ChangedDecision, 'thread' | 'workflow' | 'checkpoint'>;

async function compare(
  { from, to, facts }: RecordedDecision,
  before: BoundPolicy | undefined,
  after: BoundPolicy,
): Promise<Difference | undefined> {
  const [was, is] = await Promise.all([
    before && judgeByPolicy(before, { from, to }, facts),
    judgeByPolicy(after, { from, to }, facts),
  ]);
  const outcome = was?.outcome ?? 'allow';
  const rules = differences(was?.checks ?? [], is.checks);
  if (rules.length === 0 && outcome === is.outcome) return undefined;
  return { from, to, before: outcome, after: is.outcome, rules };
}

type Line = { readonly id: string; readonly outcome: string };

function differences(before: readonly Line[], after: readonly Line[]): ChangedDecision['rules'] {
  const [was, is] = [before, after].map(
    (lines) => new Map(lines.map(({ id, outcome }) => [id, outcome])),
  );
  const ids = new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])]);
  return [...ids].flatMap((id) => {
    const pair = { id, before: was?.get(id) ?? '-', after: is?.get(id) ?? '-' };
    // A new rule that passes changes nothing.
    const isSame = pair.before === pair.after || (pair.before === '-' && pair.after === 'pass');
    return isSame ? [] : [pair];
  });
}

async function readPolicyFile(path: string): Promise<Policy> {
  const { file, value, place } = await readDataFile(resolve(path));
  return readPolicy(value, { file, place });
}

function boundIn(
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

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}
