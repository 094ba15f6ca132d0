import { inspect } from 'node:util';

import { expect, test } from 'vitest';

import { loadConfig, type Environment, type ModelCatalogue } from './index.ts';

const CANARY = 'sk-canary-51c0';

async function modelsWith(environment: Environment): Promise<ModelCatalogue> {
  // The folder of this test holds no phasegate.toml, so the built-in files are all there is.
  const { models } = await loadConfig({ environment, workingDirectory: import.meta.dirname });
  return models;
}

test('needs no variable until a model that refers to one is selected', async () => {
  const models = await modelsWith({});
  expect(models.select('local').provider.apiKey).toBeUndefined();
  expect(() => models.select('openai-mini')).toThrow(
    expect.objectContaining({
      code: 'CONFIG_VARIABLE_MISSING',
      hint: 'Set OPENAI_API_KEY, or write a default in the file: ${NAME:-default}.',
      details: expect.objectContaining({ variables: 'OPENAI_API_KEY', column: 11 }),
    }),
  );
});

test('names every variable that a model lacks, each with its place', async () => {
  const models = await modelsWith({});
  expect(() => models.select('azure-mini')).toThrow(
    /llm\.toml:\d+:12 providers\.azure\.base_url: .*AZURE_OPENAI_BASE_URL[^]*llm\.toml:\d+:11 providers\.azure\.api_key: .*AZURE_OPENAI_API_KEY/,
  );
});

test('suggests the name that was probably meant', async () => {
  const models = await modelsWith({});
  expect(() => models.select('openai-min')).toThrow('Did you mean "openai-mini"?');
  expect(() => models.select('constructor')).toThrow(
    expect.objectContaining({ code: 'CONFIG_UNKNOWN_MODEL' }),
  );
});

test('gives everything that a call needs, once its variables are set', async () => {
  const models = await modelsWith({ OPENAI_API_KEY: CANARY });
  const settings = models.select('openai-mini');
  expect(settings.provider).toMatchObject({ name: 'openai', baseUrl: 'https://api.openai.com/v1' });
  expect(settings.provider.apiKey?.reveal()).toBe(CANARY);
  expect(settings.price.pricedAt).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(settings.budget.maxTokens).toBeGreaterThan(0);
});

test('shows a key in no print, log or JSON', async () => {
  const models = await modelsWith({ OPENAI_API_KEY: CANARY });
  const settings = models.select('openai-mini');
  const { apiKey } = settings.provider;
  const shown = [
    inspect(settings, { depth: 9, showHidden: true }),
    JSON.stringify(settings),
    String(apiKey),
    inspect(models),
  ];
  expect(shown.join('\n')).not.toContain(CANARY);
  expect(JSON.stringify(apiKey)).toBe('"[secret]"');
});
