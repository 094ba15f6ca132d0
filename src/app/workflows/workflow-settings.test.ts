import { expect, test } from 'vitest';

import { loadConfig } from '../../config/index.ts';
import { workflowSettingsOf } from '../open-app.ts';
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
