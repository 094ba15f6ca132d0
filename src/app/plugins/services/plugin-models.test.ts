import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { loadConfig, type Config } from '../../../config/index.ts';
import { silentLogger } from '../../../kernel/index.ts';
import type { Model } from '../../../models/index.ts';
import type { ActivePlugin, Permissions } from '../../../plugins/index.ts';
import { policyOf } from '../plugin-policy.ts';
import { pluginModels } from './plugin-models.ts';

const workingDirectory = mkdtempSync(join(tmpdir(), 'phasegate-plugin-models-'));
afterAll(() => rmSync(workingDirectory, { recursive: true, force: true }));

async function configOf(toml: string): Promise<Config> {
  writeFileSync(join(workingDirectory, 'phasegate.toml'), toml);
  return await loadConfig({ environment: {}, workingDirectory });
}

const plugin = (id: string, maxTokens: number): ActivePlugin => {
  const llm: Permissions['llm'] = { models: ['small'], budget: { maxTokens, maxCostUsd: 1 } };
  return { version: { id, manifest: { permissions: { llm } } } } as unknown as ActivePlugin;
};

const usage = { calls: 1, inputTokens: 60, outputTokens: 40, costUsd: 0.01 };
const model: Model = {
  id: 'test/small',
  budget: { maxTokens: 1e9, maxCostUsd: 1e9 },
  structured: async (request) => ({
    value: request.schema.parse({ text: `answer to ${request.user}` }),
    usage,
    repairs: 0,
  }),
};

test('answers by the model that is named, until the plugin has spent what it asks for', async () => {
  const config = await configOf('');
  const asked: string[] = [];
  const models = pluginModels(config, silentLogger, (name) => {
    asked.push(name);
    return model;
  });
  const { complete, spentUsd } = models(plugin('acme.one', 200));
  expect(await complete({ model: 'small', prompt: 'one' })).toBe('answer to one');
  await complete({ model: 'small', prompt: 'two' });
  expect(spentUsd()).toBe(0.02);
  await expect(complete({ model: 'small', prompt: 'three' })).rejects.toMatchObject({
    code: 'PLUGINS_HOST_FAILED',
  });
  expect(asked).toEqual(['small']);
  // What a call has cost is its own, and so is the budget of another plugin.
  expect(models(plugin('acme.one', 200)).spentUsd()).toBe(0);
  await models(plugin('acme.two', 200)).complete({ model: 'small', prompt: 'one' });
});

test('all plugins together spend no more than the policy says', async () => {
  const config = await configOf('[plugins.policy]\nmax_model_tokens = 150\n');
  const models = pluginModels(config, silentLogger, () => model);
  const ask = async (id: string): Promise<unknown> =>
    await models(plugin(id, 1000)).complete({ model: 'small', prompt: 'one' });
  await ask('acme.one');
  await ask('acme.two');
  await expect(ask('acme.three')).rejects.toMatchObject({ code: 'PLUGINS_HOST_FAILED' });
});

test('a plugin may ask the models that the policy names, in the profile that lets it out', async () => {
  const named = '[plugins.policy]\nmodels = ["small"]\n';
  const production = await configOf(`[plugins]\nprofile = "production"\n${named}`);
  expect(policyOf(production.plugins)).toMatchObject({ llm: { models: ['small'] } });
  expect(policyOf((await configOf(named)).plugins)).not.toHaveProperty('llm');
});
