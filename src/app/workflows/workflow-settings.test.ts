import { expect, test } from 'vitest';

import { loadConfig } from '../../config/index.ts';
import { workflowSettingsOf } from '../open-app.ts';
import { workflowNamed } from './catalogue.ts';
import { emailCampaign } from './email-campaign.ts';
import { DEFAULT_SETTINGS } from './workflow-settings.ts';

test('what holds without a configuration is what the built-in one says', async () => {
  const config = await loadConfig({ environment: {}, workingDirectory: '/' });
  expect(workflowSettingsOf(config)).toEqual(DEFAULT_SETTINGS);
});

test('the campaign can be described without settings, or with some of them', () => {
  expect(emailCampaign().phases.find(({ id }) => id === 'strategy')?.timeoutMs).toBe(300_000);
  const { transitions, phases } = emailCampaign({ approvalValidForMs: 1000 });
  expect(transitions.find(({ to }) => to === 'generation')?.gate.approval?.validForMs).toBe(1000);
  expect(phases[0]?.timeoutMs).toBe(300_000);
});

test('parameters of a configuration reach the gates of the workflow that they name', async () => {
  const entry = workflowNamed('payment-approval');
  const limit = (value: number) => ({
    parameters: { 'payment-approval': { countersign_above: value } },
  });
  const digests = [10_000, 5000].map(
    (value) => entry.describe({ ...DEFAULT_SETTINGS, ...limit(value) }).digest,
  );
  expect(digests[0]).toBe(entry.describe(DEFAULT_SETTINGS).digest);
  expect(digests[1]).not.toBe(digests[0]);
  const unknown = { ...DEFAULT_SETTINGS, parameters: { 'payment-aproval': {} } };
  expect(() => entry.describe(unknown)).toThrow(
    expect.objectContaining({ code: 'APP_UNKNOWN_WORKFLOW' }),
  );
});

test('standards are asked as the configuration says', () => {
  const entry = workflowNamed('payment-approval');
  const modes = (standards: 'off' | 'warn' | 'deny') =>
    new Set(
      entry
        .describe({ ...DEFAULT_SETTINGS, standards })
        .transitions.flatMap(({ gate }) => gate.bindings)
        .filter(({ check }) => check.id.startsWith('gdpr.'))
        .map(({ mode }) => mode),
    );
  expect([modes('off'), modes('warn'), modes('deny')]).toEqual([
    new Set(),
    new Set(['warn']),
    new Set(['deny']),
  ]);
});
