import type { Config } from '../config/index.ts';
import { systemClock, type Logger } from '../kernel/index.ts';
import { createChatModel, isLocalUrl, shieldModel, type Model } from '../models/index.ts';

/**
 * Makes the model that the configuration describes under `name`, behind a shield: unless its provider is told otherwise,
 * identifiers of persons and secrets leave this machine as stand-ins only.
 *
 * @throws CONFIG_UNKNOWN_MODEL for a name that is not configured; CONFIG_VARIABLE_MISSING for a key that is not set.
 */
export function createModel(config: Config, name: string, logger: Logger): Model {
  const { provider, request, name: _, ...settings } = config.models.select(name);
  const model = createChatModel(
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
  const { baseUrl, promptData, promptDataTypes: types } = provider;
  return shieldModel(model, {
    policy: promptData ?? (isLocalUrl(baseUrl) ? 'allow' : 'pseudonymise'),
    ...(types === undefined ? {} : { types }),
  });
}
