import type { Config } from '../config/index.ts';
import { createChatModel, type Model, type StructuredMethod } from '../models/index.ts';

const METHODS = {
  'json-schema': 'json_schema',
  'function-calling': 'function_calling',
  'json-mode': 'json_mode',
} as const satisfies Record<string, StructuredMethod>;

/**
 * Makes the model that the configuration describes under `name`.
 *
 * @throws CONFIG_UNKNOWN_MODEL for a name that is not configured; CONFIG_MISSING_VARIABLE for a key that is not set.
 */
export function createModel(config: Config, name: string): Model {
  const {
    model,
    provider,
    temperature,
    structuredOutput,
    maxOutputTokens,
    price,
    budget,
    request,
  } = config.models.select(name);
  const azure = provider.api === 'azure';
  return createChatModel({
    provider: provider.name,
    model,
    baseUrl: azure ? `${provider.baseUrl}/openai/deployments/${model}` : provider.baseUrl,
    apiKey: () => provider.apiKey?.reveal() ?? '',
    azureApiVersion: azure ? provider.apiVersion : undefined,
    temperature,
    structuredMethod: METHODS[structuredOutput],
    timeoutMs: request.timeoutMs,
    maxOutputTokens,
    maxRepairs: request.maxRepairs,
    price: {
      inputUsdPerMillion: price.inputUsdPerMillionTokens,
      outputUsdPerMillion: price.outputUsdPerMillionTokens,
    },
    budget,
  });
}
