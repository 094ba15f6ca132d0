export type { Budget, Model, StructuredReply, StructuredRequest } from './port.ts';
