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
  ModelPromptRefusedError,
  ModelRateLimitedError,
  ModelRefusedError,
  ModelRequestError,
  ModelServerError,
  ModelSettingsError,
  ModelTimeoutError,
  ModelUnauthorisedError,
  ModelUnreachableError,
  type ModelErrorOptions,
  type OutputProblemKind,
} from './errors.ts';
export type { Budget, Model, StructuredReply, StructuredRequest } from './port.ts';
export type { OfferedTool, ToolCall, ToolOffer, ToolResult } from './tools/tool-offer.ts';
export { isLocalUrl } from './shield/is-local-url.ts';
export { shieldModel, type PromptPolicy, type PromptShield } from './shield/shield-model.ts';
