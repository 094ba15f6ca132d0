import type { SuppliedFacts } from '../../../compliance/index.ts';
import { evaluateGate, type Binding, type GateResult } from '../../../validation/index.ts';
import {
  recordedDecision,
  type RecordedDecision,
  type RecordedDecisionOptions,
} from '../../../workflow/index.ts';
import { overridesAt } from '../../compliance/overrides.ts';
import type { App } from '../../open-app.ts';
import { checkpointOf } from '../../thread-view.ts';
import { withKnownThread, type Caller } from '../../threads.ts';
import { readAskedRules, UNKEPT, type AskedRules, type UntoldRule } from './asked-rules.ts';

/** A recorded decision on which a file of rules says something else than what is in force. */
export interface ChangedDecision {
  readonly thread: string;
  readonly workflow: string;
  readonly checkpoint: string;
  readonly from: string;
  readonly to: string;
  /** What the rules in force say of these facts, and what the file says: `allow`, `revise` or `deny`. */
  readonly before: string;
  readonly after: string;
  /** Rules that answer otherwise, with both answers; `-` where one side does not ask. */
  readonly rules: readonly {
    readonly id: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** A rule of the file that has no answer to recorded decisions, with why. It counts for no pass. */
export interface UndeterminedRule extends UntoldRule {
  readonly decisions: number;
}

/** What a dry run found. */
export interface PolicyReplay {
  readonly threads: number;
  readonly decisions: number;
  readonly changed: readonly ChangedDecision[];
  readonly undetermined: readonly UndeterminedRule[];
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
 * Asks a file of rules, or a standard's pack, about every decision that the recorded runs have made, beside the rules of the same
 * id that are in force, if there are any. Nothing is run or written. What checks of standards are told of a run is made again of
 * the recorded state, waivers are those of that instant, and what the house tells is what it tells now.
 *
 * @throws as {@link readAskedRules}
 */
export async function replayPolicy(
  app: App,
  { file, workflow, thread, caller }: ReplayOrder,
): Promise<PolicyReplay> {
  const asked = await readAskedRules(app, { file, workflow });
  const changed: ChangedDecision[] = [];
  const untold = new Map<string, UndeterminedRule>();
  const unreadable: { thread: string; code: string }[] = [];
  let [threads, decisions] = [0, 0];
  for (const record of await app.storage.threads.list()) {
    const rules = asked.get(record.workflow);
    if (rules === undefined || (thread !== undefined && record.thread !== thread)) continue;
    threads += 1;
    try {
      // One thread after the other: each is locked while it is read.
      // oxlint-disable-next-line no-await-in-loop
      const found = await replayThread(app, { thread: record.thread, rules }, caller);
      decisions += found.decisions;
      changed.push(...found.changed);
      for (const rule of found.untold) count(untold, rule);
    } catch (error) {
      unreadable.push({ thread: record.thread, code: codeOf(error) });
    }
  }
  return { threads, decisions, changed, undetermined: [...untold.values()], unreadable };
}

function count(found: Map<string, UndeterminedRule>, rule: UntoldRule): void {
  const key = `${rule.id} ${rule.message} ${rule.paths.join()}`;
  found.set(key, { ...rule, decisions: (found.get(key)?.decisions ?? 0) + 1 });
}

interface Replaying {
  readonly thread: string;
  readonly rules: AskedRules;
}

interface Replayed {
  readonly decisions: number;
  readonly changed: readonly ChangedDecision[];
  readonly untold: readonly UntoldRule[];
}

async function replayThread(
  app: App,
  { thread, rules }: Replaying,
  caller: Caller,
): Promise<Replayed> {
  return withKnownThread(app, { thread, caller }, async ({ graph, config, workflow }) => {
    const seen = new Set<string>();
    const changed: ChangedDecision[] = [];
    const untold: UntoldRule[] = [];
    const { sealKey } = app;
    for await (const { values, config: place, createdAt = '' } of graph.getStateHistory(config)) {
      const told = rules.isStandard && { compliance: toldAt(app, workflow.id, createdAt) };
      const asked = await recordedDecision(values, { workflow, sealKey, thread, ...told });
      if (asked === undefined) continue;
      const key = `${asked.visit} ${asked.from} ${asked.to}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const found = await compare(asked, rules);
      untold.push(...found.untold);
      if (found.difference === undefined) continue;
      const checkpoint = checkpointOf(place) ?? '';
      changed.push({ thread, workflow: workflow.id, checkpoint, ...found.difference });
    }
    return { decisions: seen.size, changed, untold };
  });
}

/** What the house tells now, without what it has seen since. */
function toldAt(
  app: App,
  workflow: string,
  at: string,
): NonNullable<RecordedDecisionOptions['compliance']> {
  const told = app.houseFacts.of(workflow);
  const kept = Object.entries(told).filter(([part]) => !UNKEPT.some((name) => name === part));
  const overrides = overridesAt(app.waivers.list(at), at);
  return {
    at,
    host: { ...(Object.fromEntries(kept) as SuppliedFacts), overrides },
    authenticatedOnly: app.config.profile === 'production',
  };
}

type Difference = Omit<ChangedDecision, 'thread' | 'workflow' | 'checkpoint'>;

interface Compared {
  readonly difference: Difference | undefined;
  readonly untold: readonly UntoldRule[];
}

async function compare(
  { from, to, facts }: RecordedDecision,
  { before, after, untold, isChanged }: AskedRules,
): Promise<Compared> {
  const move = { from, to };
  const judge = (bindings: readonly Binding[]): Promise<GateResult> =>
    evaluateGate({ bindings, approval: undefined, digest: '' }, facts);
  const [was, is] = await Promise.all([judge(before(move)), judge(after(move))]);
  const unanswered = is.checks.flatMap(({ id, outcome, message, paths }) =>
    outcome === 'pass' || outcome === 'fail' || !isChanged(id) ? [] : [{ id, message, paths }],
  );
  const rules = differences(was.checks, is.checks);
  const isSame = rules.length === 0 && was.outcome === is.outcome;
  return {
    difference: isSame ? undefined : { from, to, before: was.outcome, after: is.outcome, rules },
    untold: [...untold(move), ...unanswered],
  };
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

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}
