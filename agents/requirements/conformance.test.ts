import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { agentConformance, agentTask } from '../../src/testing/index.ts';
import type { AgentTask } from '../../src/workflow/index.ts';
import { requirementsAgent } from './agent.ts';
import type { CampaignInput, Requirements } from './artifact.ts';

type Task = AgentTask<CampaignInput, Record<never, never>, Requirements>;

function taskOf(file: string): Task {
  const brief = readFileSync(new URL(`../../examples/briefs/${file}`, import.meta.url), 'utf8');
  return agentTask({ input: { brief }, artifacts: {} });
}

const found = { findings: [{ field: 'offer', quote: '20 % off' }] };
const cases = [
  { name: 'a whole brief', task: taskOf('spring-offer.md'), llm: [{ value: found }] },
  { name: 'a brief that contradicts itself', task: taskOf('contradictory.md') },
  { name: 'a brief that says almost nothing', task: taskOf('nearly-empty.txt') },
  { name: 'a brief that gives orders', task: taskOf('hostile.md') },
];

test.each(agentConformance(requirementsAgent, cases))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined();
});
