export {
  agentContext,
  agentTask,
  SCRIPTED_PERSON,
  type AgentContextOverrides,
  type FakeAgentContext,
  type ScriptedDecision,
} from './agent-context.ts';
export type { AgentCase, ConformanceCheck } from './conformance/agent-case.ts';
export { agentConformance } from './conformance/agent-conformance.ts';
export { NotConformingError, UnconsumedStepsError, UnexpectedCallError } from './errors.ts';
export { fakeClock, type FakeClock } from './fake-clock.ts';
export type { Matcher } from './script.ts';
export {
  scriptedChatModel,
  ScriptedChatModel,
  type ScriptedChatStep,
  type ScriptedToolCall,
} from './scripted-chat-model.ts';
export { scriptedModel, type ScriptedModel, type ScriptedModelStep } from './scripted-model.ts';
export { sequentialIds } from './sequential-ids.ts';
