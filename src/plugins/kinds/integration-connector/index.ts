export { integrationConnectorKind } from './contract.ts';
export {
  connectorFromOpenApi,
  type OpenApiConnectorOptions,
} from './open-api/connector-from-open-api.ts';
