import type { Config } from '../config/index.ts';
import { systemClock, type Logger } from '../kernel/index.ts';
import { createChatModel, type Model } from '../models/index.ts';

/**
 * Makes the model that the configuration describes under `name`.
 *
 * @throws CONFIG_UNKNOWN_MODEL for a name that is not configured; CONFIG_VARIABLE_MISSING for a key that is not set.
 */
export function createModel(config: Config, name: string, logger: Logger): Model {
  const { provider, request, name: _, ...settings } = config.models.select(name);
  return createChatModel(
    {
      ...settings,
      ...request,
      provider: provider.name,
      // As configured, for Azure too: only whoever configures it knows which of Azure's APIs it leads to.
      baseUrl: provider.baseUrl,
      apiKey: () => provider.apiKey?.reveal() ?? '',
      azureApiVersion: provider.apiVersion,
    },
    { clock: systemClock, logger },
  );
}
