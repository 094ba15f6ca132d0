import { z } from 'zod';

import type { Config } from '../../../config/index.ts';
import type { Logger } from '../../../kernel/index.ts';
import type { Budget, Model } from '../../../models/index.ts';
import { PluginHostError, type ActivePlugin, type HostServices } from '../../../plugins/index.ts';
import { createModel } from '../../create-model.ts';
import { modelBudget } from '../plugin-policy.ts';

/** What answers have taken so far. */
type Spent = Parameters<Model['structured']>[1];

const Answer = z.strictObject({ text: z.string().max(100_000) });
const NOTHING: Spent = Object.freeze({ calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 });

const WALL_MS = 120_000;

/** Answers prompts of plugins by the configured models, behind the same shield as every prompt, within their budgets. */
export type PluginModels = (
  plugin: ActivePlugin,
) => Required<Pick<HostServices, 'complete' | 'spentUsd'>>;

/**
 * Makes the answers to prompts of plugins. A plugin spends at most what its manifest asks for, and all plugins together what the
 * policy says, for as long as the process lives.
 *
 * @param modelOf - Makes a model by its name; the configured one unless told.
 */
export function pluginModels(
  config: Config,
  logger: Logger,
  modelOf: (name: string) => Model = (name) => createModel(config, name, logger),
): PluginModels {
  const models = new Map<string, Model>();
  const spentBy = new Map<string, Spent>();
  let spentByAll: Spent = NOTHING;
  return ({ version: { id, manifest } }) => {
    // Made for each call.
    let spentUsd = 0;
    const complete: Required<HostServices>['complete'] = async ({ model: name, prompt }) => {
      const own = manifest.permissions.llm?.budget ?? { maxTokens: 0, maxCostUsd: 0 };
      const spent = spentBy.get(id) ?? NOTHING;
      if (isOver(spent, own) || isOver(spentByAll, modelBudget(config.plugins.policy)))
        throw new PluginHostError(id, 'complete', 'its budget for models is spent');
      const model = models.get(name) ?? modelOf(name);
      models.set(name, model);
      const { value, usage } = await model.structured(
        {
          name: 'plugin_answer',
          schema: Answer,
          system: 'Answer the request of a program in the member "text".',
          user: prompt,
          signal: AbortSignal.timeout(WALL_MS),
        },
        spent,
      );
      spentBy.set(id, sum(spentBy.get(id) ?? NOTHING, usage));
      spentByAll = sum(spentByAll, usage);
      spentUsd += usage.costUsd;
      return value.text;
    };
    return { complete, spentUsd: () => spentUsd };
  };
}

function sum(one: Spent, other: Spent): Spent {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd + other.costUsd,
  };
}

function isOver({ inputTokens, outputTokens, costUsd }: Spent, budget: Budget): boolean {
  return inputTokens + outputTokens >= budget.maxTokens || costUsd >= budget.maxCostUsd;
}
