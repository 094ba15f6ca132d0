import { digestOf, frozenJson } from '../../kernel/index.ts';
import type { Approval } from '../../state/index.ts';
import type { ApprovalRule } from '../../validation/index.ts';
import type { Transition } from '../definition/workflow-shape.ts';
import type { RunView } from '../state/run-view.ts';
import type { Sealer } from '../state/sealer.ts';

/** What an approval is held against. */
export interface ApprovalCase {
  readonly view: RunView;
  readonly transition: Transition;
  readonly rule: ApprovalRule;
  /** Facts of the run, as the rule's `subject` reads them. */
  readonly facts: unknown;
  readonly thread: string;
  /** ISO-8601 UTC. */
  readonly now: string;
  readonly sealer: Sealer;
  /** Whether an approver has to be authenticated. */
  readonly authenticatedOnly: boolean;
}

/**
 * Tells why no approval lets this transition through, or undefined when one does. An approval holds for one thread, run,
 * transition, visit, subject and policy, until it expires.
 */
export function approvalProblem(held: ApprovalCase): string | undefined {
  const { view, transition } = held;
  const candidates = view.approvals.filter(
    ({ from, to }) => from === transition.from && to === transition.to,
  );
  if (candidates.length === 0) return 'No person has approved this transition.';
  const subject = subjectDigest(held);
  if (subject === undefined) return 'What was to be approved is not there.';
  const problems = candidates.map((approval) => problemOf(approval, subject, held));
  return problems.includes(undefined) ? undefined : problems.at(-1);
}

/** Names what is to be approved; undefined where it cannot be taken. */
export function subjectDigest({
  rule,
  facts,
}: Pick<ApprovalCase, 'rule' | 'facts'>): string | undefined {
  try {
    // The rule was given with the workflow whose facts these are; the types agree since defineWorkflow.
    const subject = (rule.subject as (given: unknown) => unknown)(facts);
    return subject === undefined ? undefined : digestOf(frozenJson(subject));
  } catch {
    // Whatever kept the subject from being taken, nothing that was approved can be compared with it.
    return undefined;
  }
}

function problemOf(approval: Approval, subject: string, held: ApprovalCase): string | undefined {
  const { view, transition, rule, thread, now, sealer, authenticatedOnly } = held;
  const visit = view.history.findLast(({ phase }) => phase === transition.from)?.visit;
  const tests: readonly (readonly [boolean, string])[] = [
    [sealer.verify('approval', approval), 'The approval has no valid seal.'],
    [approval.thread === thread, 'The approval was given on another thread.'],
    [approval.run === view.run?.id, 'The approval was given in another run.'],
    [
      visit !== '' && approval.visit === visit,
      'The approval was given to an earlier question or in another fork.',
    ],
    [approval.subjectDigest === subject, 'The approval was given to other content.'],
    [
      approval.gateDigest === transition.gate.digest,
      'The approval was given under another policy.',
    ],
    [approval.expiresAt > now, 'The approval has expired.'],
    [approval.givenAt <= now, 'The approval is dated in the future.'],
    [hasRole(approval, rule), 'The approver held none of the roles that may approve.'],
    [approval.by.authenticated || !authenticatedOnly, 'The approver was not authenticated.'],
  ];
  return tests.find(([holds]) => !holds)?.[1];
}

function hasRole({ by }: Approval, { roles }: ApprovalRule): boolean {
  return roles.length === 0 || roles.some((role) => by.roles.includes(role));
}
