import type { AgentTask } from '../../workflow/index.ts';
import type { ScriptedDecision } from '../agent-context.ts';
import type { ScriptedModelStep } from '../scripted-model.ts';

/** A task to try an agent with. */
export interface AgentCase<Input, Reads, Artifact> {
  /** Names the case in a report, once among the cases of an agent. */
  readonly name: string;
  readonly task: AgentTask<Input, Reads, Artifact>;
  /** What the person decides, if the agent asks; the same for both variants. */
  readonly decisions?: readonly ScriptedDecision[];
  /** What the model answers, if the agent has an `llm` variant; at least one case has to say. */
  readonly llm?: readonly ScriptedModelStep[];
}

/** One thing that the contract asks for. `run` rejects with a NotConformingError where it is not so. */
export interface ConformanceCheck {
  readonly name: string;
  readonly run: () => Promise<void>;
}
