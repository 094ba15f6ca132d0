import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MemorySaver } from '@langchain/langgraph-checkpoint';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { findStandard } from '../compliance/index.ts';
import type { LoadOptions } from '../config/index.ts';
import type { Principal } from '../state/index.ts';
import { compileWorkflow, driveRun } from '../workflow/index.ts';
import { openPluginsAlone, pluginCaller } from './plugins/index.ts';
import { workflowNamed } from './workflows/catalogue.ts';
import { emailCampaign, openWorkflow } from './workflows/index.ts';

// The audit trail and the registry are opened on a disk that others use.
vi.setConfig({ testTimeout: 240_000 });

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phasegate-housed-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const place = (): LoadOptions => ({ workingDirectory: directory, environment: {} });
const brief = readFileSync(
  join(import.meta.dirname, '../../examples/briefs/spring-offer.md'),
  'utf8',
);
const ADA: Principal = {
  id: 'ada',
  kind: 'person',
  roles: ['editor'],
  authenticated: true,
  source: 'session',
};

/** Runs a campaign from code up to where a person decides. */
async function campaign(thread: string): Promise<void> {
  await using house = await openWorkflow(emailCampaign, { ...place(), identify: () => ADA });
  const { workflow } = house;
  const graph = compileWorkflow(workflow, {
    ...house.options,
    checkpointer: new MemorySaver(),
  });
  const message = { kind: 'start', input: { brief } } as const;
  await driveRun(graph, { workflow, thread, message, signal: AbortSignal.timeout(200_000) });
}

test('a run from code has the tools of the command line, and its caller stands in the records', async () => {
  await campaign('in-code');
  await using plugins = await openPluginsAlone(place(), []);
  const calls = await plugins.database.reader
    .selectFrom('plugins_executions')
    .select(['plugin', 'caller', 'thread', 'outcome'])
    .distinct()
    .execute();
  expect(calls).toContainEqual({
    plugin: 'phasegate.deadlines',
    caller: pluginCaller(ADA).id,
    thread: 'in-code',
    outcome: 'success',
  });
});

test('a run from code is held by the rules of the house', async () => {
  writeFileSync(join(directory, 'phasegate.toml'), '[policy]\nfiles = ["nowhere.json"]\n');
  await expect(openWorkflow(emailCampaign, place())).rejects.toMatchObject({
    message: expect.stringContaining('nowhere.json'),
  });
});

test('a run from code asks by the packs of standards that the house names, or does not begin', async () => {
  const { pack } = findStandard('custom');
  writeFileSync(join(directory, 'own.json'), JSON.stringify({ ...pack, version: '1.1.0' }));
  const toml = '[policy.standards]\nemail-campaign = ["own.json"]\n';
  writeFileSync(join(directory, 'phasegate.toml'), toml);
  await using house = await openWorkflow(workflowNamed('email-campaign').describe, place());
  const bound = house.workflow.compliance?.standards.map(({ standard }) => standard);
  expect(bound?.find(({ id }) => id === 'custom')?.version).toBe('1.1.0');
  // The campaign as code describes it is asked by no standard.
  await expect(openWorkflow(emailCampaign, place())).rejects.toMatchObject({
    code: 'APP_UNBOUND_STANDARD',
  });
});
