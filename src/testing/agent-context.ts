import type { RunnableConfig } from '@langchain/core/runnables';

import { deepFrozen, silentLogger, type Clock, type Facts, type Logger } from '../kernel/index.ts';
import { ModelError, type Model } from '../models/index.ts';
import { NO_USAGE, type Principal, type Usage } from '../state/index.ts';
import {
  NO_TOOLS,
  type AgentContext,
  type AgentModel,
  type AgentTask,
  type AgentTools,
  type Decision,
  type DecisionRequest,
} from '../workflow/index.ts';
import { fakeClock } from './fake-clock.ts';
import { openScript } from './script.ts';

/** What the person of a script decides. */
export interface ScriptedDecision {
  readonly kind: Decision<unknown>['kind'];
  /** What the person made of the subject, parsed by the schema of the request. As shown if left out. */
  readonly subject?: unknown;
  readonly comment?: string;
  readonly by?: Principal;
  /** ISO-8601 UTC. */
  readonly at?: string;
}

/** What a test may set; the rest has a default that is the same in every run. */
export interface AgentContextOverrides {
  readonly thread?: string;
  readonly run?: string;
  readonly phase?: string;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Becomes the agent's `model`, with its spending counted. */
  readonly model?: Model;
  /** What the phase may use; nothing unless told. A model of a test is not offered it. */
  readonly tools?: AgentTools;
  /** What the person decides, request by request. */
  readonly decisions?: readonly ScriptedDecision[];
  readonly config?: RunnableConfig;
}

/** A context that remembers what the agent did with it. */
export interface FakeAgentContext extends AgentContext {
  readonly reports: readonly Facts[];
  readonly requests: readonly DecisionRequest<unknown>[];
  /** @throws UnexpectedCallError or UnconsumedStepsError if the decisions asked are not those scripted. */
  assertConsumed(): void;
}

/** Who decides in a script, unless it says otherwise. */
export const SCRIPTED_PERSON: Principal = deepFrozen({
  id: 'test-person',
  kind: 'script',
  roles: [],
  authenticated: false,
  source: 'script',
});

const DECIDED_AT = '2026-01-01T00:00:00.000Z';

/**
 * Makes a context for unit tests of agents: `decide()` answers from a script, `report()` records.
 *
 * @throws UnexpectedCallError from `decide()` if the script holds no decision more.
 */
export function agentContext(overrides: AgentContextOverrides = {}): FakeAgentContext {
  const { decisions = [], model, signal = new AbortController().signal } = overrides;
  const script = openScript('decide', decisions);
  const reports: Facts[] = [];
  const requests: DecisionRequest<unknown>[] = [];
  return {
    thread: overrides.thread ?? 'thread-1',
    run: overrides.run ?? 'run-1',
    phase: overrides.phase ?? 'phase-1',
    signal,
    clock: overrides.clock ?? fakeClock(),
    logger: overrides.logger ?? silentLogger,
    config: overrides.config ?? {},
    model: model === undefined ? undefined : agentModel(model, signal),
    tools: overrides.tools ?? NO_TOOLS,
    reports,
    requests,
    report: (progress) => {
      reports.push(progress);
    },
    decide: (request) => {
      requests.push(request);
      return decided(
        request,
        script.take(() => true),
      );
    },
    assertConsumed: () => script.assertConsumed(),
  };
}

/** Fills in a task: no artifacts, no answers, the first visit. It comes back deeply frozen, as an agent gets it. */
export function agentTask<Input, Reads, Artifact>(
  task: Pick<AgentTask<Input, Reads, Artifact>, 'input' | 'artifacts'> &
    Partial<AgentTask<Input, Reads, Artifact>>,
): AgentTask<Input, Reads, Artifact> {
  const first = { answers: [], previous: undefined, revision: undefined, attempt: 1 };
  return deepFrozen(structuredClone({ ...first, ...task }));
}

function decided<Subject>(
  request: DecisionRequest<Subject>,
  step: ScriptedDecision,
): Decision<Subject> {
  return deepFrozen({
    kind: step.kind,
    subject: step.subject === undefined ? request.subject : request.schema.parse(step.subject),
    comment: step.comment ?? '',
    by: step.by ?? SCRIPTED_PERSON,
    at: step.at ?? DECIDED_AT,
  });
}

function agentModel(model: Model, signal: AbortSignal): AgentModel {
  let usage: Usage = NO_USAGE;
  const count = (more: Usage): void => {
    usage = {
      calls: usage.calls + more.calls,
      inputTokens: usage.inputTokens + more.inputTokens,
      outputTokens: usage.outputTokens + more.outputTokens,
      costUsd: usage.costUsd + more.costUsd,
    };
  };
  return {
    id: model.id,
    get usage() {
      return usage;
    },
    structured: async ({ tools: _tools, maxToolRounds: _rounds, ...request }) => {
      try {
        const reply = await model.structured({ ...request, signal }, usage);
        count(reply.usage);
        return reply.value;
      } catch (error) {
        if (error instanceof ModelError) count(error.usage);
        throw error;
      }
    },
  };
}
