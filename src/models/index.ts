export {
  type ChatModelSettings,
  type ModelPrice,
  type StructuredMethod,
} from './chat-model-settings.ts';
export { createChatModel, type ChatModelPorts } from './create-chat-model.ts';
export {
  ModelBudgetError,
  ModelError,
  ModelNotFoundError,
  ModelOutputError,
  ModelRateLimitedError,
  ModelRefusedError,
  ModelRequestError,
  ModelServerError,
  ModelTimeoutError,
  ModelUnauthorisedError,
  ModelUnreachableError,
  type ModelErrorOptions,
  type OutputProblemKind,
} from './errors.ts';
export type { Budget, Model, StructuredReply, StructuredRequest } from './port.ts';
