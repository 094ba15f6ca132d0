export {
  KeptWorkflowError,
  NoTemplateError,
  TemplateChangedError,
  UnknownAgentError,
  UnusableTemplateError,
  WorkflowNameTakenError,
} from './errors.ts';
export { allKeptWorkflows } from './kept-workflows.ts';
export { entryOfMade, isTemplateId } from './made-workflow.ts';
export { agentsFor, SHIPPED_AGENTS, type ShippedAgents } from './shipped-agents.ts';
export {
  entryOfThread,
  workflowOfThread,
  workflowToRun,
  type ThreadWorkflow,
} from './thread-workflow.ts';
