export {
  defineAgent,
  type Agent,
  type AgentContext,
  type AgentDefinition,
  type AgentModel,
  type AgentRun,
  type AgentTask,
  type Decision,
  type DecisionRequest,
  type ReadSchemas,
  type Revision,
} from './agent.ts';
export { InvalidDefinitionError } from './errors.ts';
