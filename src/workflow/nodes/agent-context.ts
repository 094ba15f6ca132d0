import type { RunnableConfig } from '@langchain/core/runnables';
import type { StructuredTool } from '@langchain/core/tools';
import type { LangGraphRunnableConfig } from '@langchain/langgraph';

import { digestOf, frozenJson, type Clock, type Facts, type Logger } from '../../kernel/index.ts';
import type { Model } from '../../models/index.ts';
import { NO_USAGE, type Approval, type Usage } from '../../state/index.ts';
import type { AgentContext, Decision } from '../agent.ts';
import type { WorkflowShape } from '../definition/workflow-shape.ts';
import { decide } from '../interrupts/decide.ts';
import type { Sealer } from '../state/sealer.ts';
import type { VisitTrail } from '../trail/run-trail.ts';
import type { Decided } from '../trail/trail-events.ts';
import { agentTools, callNumbers } from './call-tools.ts';
import { countedModel, type ModelAccount } from './counted-model.ts';
import type { Place } from './place.ts';

/** What an agent's context is made of. */
export interface ContextParts {
  readonly workflow: WorkflowShape;
  readonly phase: string;
  readonly place: Place;
  /** Numbers the questions of this visit. */
  readonly nextQuestion: () => number;
  readonly run: string;
  /** What the run has spent before this visit. */
  readonly spent: Usage;
  readonly model: Model | undefined;
  /** What the tries of this visit have done with the model so far. */
  readonly account: ModelAccount;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: RunnableConfig;
  /** What the phase may use. */
  readonly tools: readonly StructuredTool[];
  /** Where the visit is recorded. */
  readonly told: VisitTrail | undefined;
}

/** A context, and what the agent left in it. */
export interface OpenContext {
  readonly context: AgentContext;
  readonly approvals: () => readonly Approval[];
  /** Everything that persons decided, refusals included; gathered where the visit is recorded. */
  readonly decisions: () => readonly Decided[];
  readonly usage: () => Usage;
}

/** Gives an agent what it may use, and keeps what it spent and what a person approved. */
export function openContext(parts: ContextParts): OpenContext {
  const { phase, place, run, sealer, account, spent, clock, logger, config } = parts;
  let approvals: readonly Approval[] = [];
  const decisions: Decided[] = [];
  const signal = config.signal ?? new AbortController().signal;
  const calling = {
    tools: parts.tools,
    config,
    signal,
    logger,
    numbers: callNumbers(place.visit, account.tries),
    onUse: parts.told?.used,
  };
  account.tries += 1;
  const model =
    parts.model === undefined
      ? undefined
      : countedModel(parts.model, {
          account,
          spent,
          signal,
          clock,
          onCall: parts.told?.called,
          calling,
        });
  const context: AgentContext = Object.freeze({
    thread: place.thread,
    run,
    phase,
    signal,
    clock,
    logger,
    model,
    tools: agentTools(calling),
    decide: <Subject>(request: Parameters<typeof decide<Subject>>[0]) => {
      const { decision, subjectDigest } = decide(request, {
        ...place,
        sealer,
        run,
        phase,
        nextQuestion: parts.nextQuestion,
        now: () => clock.now(),
      });
      if (parts.told !== undefined) {
        const { kind, by, at } = decision;
        const shown = digestOf(frozenJson(request.subject, 'subject'));
        decisions.push({ action: request.action, kind, by, at, shown, subject: subjectDigest });
      }
      // The last word on a subject holds: a later no takes an earlier yes back.
      const others = approvals.filter((approval) => approval.subjectDigest !== subjectDigest);
      approvals = [...others, ...sealedApprovals(parts, decision, subjectDigest)];
      return decision;
    },
    report: (progress: Facts) => {
      (config as LangGraphRunnableConfig).writer?.({ phase, ...progress });
    },
    config,
  });
  const usage = (): Usage => model?.usage ?? NO_USAGE;
  return { context, approvals: () => approvals, decisions: () => decisions, usage };
}

function sealedApprovals<Subject>(
  parts: ContextParts,
  decision: Decision<Subject>,
  subjectDigest: string,
): readonly Approval[] {
  if (decision.kind !== 'approved' && decision.kind !== 'edited') return [];
  const { workflow, phase, place, run, sealer } = parts;
  return workflow.transitions.flatMap(({ from, to, gate }) => {
    if (from !== phase || gate.approval === undefined) return [];
    const expiresAt = new Date(Date.parse(decision.at) + gate.approval.validForMs).toISOString();
    const body = {
      thread: place.thread,
      run,
      from,
      to,
      visit: place.visit,
      subjectDigest,
      gateDigest: gate.digest,
      by: decision.by,
      comment: decision.comment,
      givenAt: decision.at,
      expiresAt,
    };
    return [sealer.seal('approval', body)];
  });
}
