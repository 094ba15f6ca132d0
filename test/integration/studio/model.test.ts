import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startStudio, type Studio } from './start-studio.ts';
import { StudioClient } from './studio-client.ts';

let studio: Studio;
let campaign: StudioClient;
const brief = await readFile(
  join(import.meta.dirname, '../../../examples/briefs/spring-offer.md'),
  'utf8',
);

beforeAll(async () => {
  // Nobody listens there: a run that asks the model fails, and says which one it asked.
  studio = await startStudio({ environment: { OLLAMA_BASE_URL: 'http://127.0.0.1:9/v1' } });
  campaign = new StudioClient(studio.url, 'email-campaign');
});
afterAll(async () => studio[Symbol.asyncDispose]());

async function runWith(model: unknown): Promise<string | undefined> {
  const config = model === undefined ? {} : { config: { configurable: { model } } };
  const payload = { input: { input: { brief } }, ...config };
  const { error } = await campaign.run(await campaign.thread(), payload);
  return error;
}

test('the models of the configuration can be chosen from', async () => {
  const { config_schema: schema } = await campaign.sdk.assistants.getSchemas('email-campaign');
  expect(schema).toMatchObject({
    properties: {
      model: {
        enum: ['simulated', 'azure-mini', 'local', 'openai-mini', 'vllm'],
        default: 'simulated',
      },
    },
  });
});

test('without a choice, and with "simulated", no model is asked', async () => {
  expect(await runWith(undefined)).toBeUndefined();
  expect(await runWith('simulated')).toBeUndefined();
});

test('the model that was chosen works in the run', async () => {
  expect(await runWith('local')).toMatch(/ollama\/|could not be reached|MODEL_/i);
});

test.each([['no-such-model'], [{ name: 'local' }]])('%j is refused', async (model) => {
  expect(await runWith(model)).toContain('No model is configured under the name');
});

test('a model without its key is refused by the name of the variable', async () => {
  expect(await runWith('azure-mini')).toContain('AZURE_OPENAI_');
});
