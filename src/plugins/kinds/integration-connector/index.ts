export { httpConnector } from './built-in/http-connector.ts';
export { webhookSender } from './built-in/webhook-sender.ts';
export { integrationConnectorKind } from './contract.ts';
export {
  connectorFromOpenApi,
  type OpenApiConnectorOptions,
} from './open-api/connector-from-open-api.ts';
