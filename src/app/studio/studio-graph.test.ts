import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { studioGraph } from './studio-graph.ts';
import { emailCampaign } from '../workflows/email-campaign.ts';

// The audit trail is opened on a disk that others use.
vi.setConfig({ testTimeout: 120_000 });

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-studio-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const POLICY = {
  id: 'house',
  version: '1.0.0',
  rules: [
    {
      id: 'never',
      expression: 'size(artifacts.requirements.audience) < 0',
      message: 'The house lets nothing pass here.',
      remedy: 'Ask the house.',
    },
  ],
  bindings: [
    { rules: ['*'], mode: 'deny', transitions: [{ from: 'requirements', to: 'strategy' }] },
  ],
};

test('a graph that a LangGraph server opens is held by the rules of the house', async () => {
  const file = join(directory, 'house.json');
  writeFileSync(file, JSON.stringify(POLICY));
  writeFileSync(join(directory, 'phasegate.toml'), `[policy]\nfiles = ["house.json"]\n`);
  const open = await studioGraph(emailCampaign, { workingDirectory: directory, environment: {} });
  const graph = await open();
  const brief =
    'Objective: sell 20 spades.\nAudience: gardeners.\nSender: Greenfield, 1 Mill Lane, Ayr.';
  const state = await graph.invoke({ input: { brief } });
  const checks = JSON.stringify(state);
  expect(checks).toContain('house.never');
  expect(Object.keys(state.artifacts)).not.toContain('strategy');
});
