import type { Config } from '../config/index.ts';
import { createChatModel, type Model } from '../models/index.ts';

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
    structuredMethod,
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
    azureApiVersion: provider.apiVersion,
    temperature,
    structuredMethod,
    timeoutMs: request.timeoutMs,
    maxOutputTokens,
    maxRepairs: request.maxRepairs,
    price,
    budget,
  });
}
