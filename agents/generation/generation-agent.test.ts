import { expect, test } from 'vitest';

import { agentConformance, agentTask } from '../../src/testing/index.ts';
import type { AgentTask } from '../../src/workflow/index.ts';
import type { CampaignInput } from '../requirements/artifact.ts';
import type { Deliverable } from './artifact.ts';
import { bicycles, savings, type Fixture } from './fixtures/campaigns.ts';
import { DRAFT } from './fixtures/drafts.ts';
import { generationAgent } from './generation-agent.ts';
import type { GenerationReads } from './llm/write-with-model.ts';

const task = (artifacts: Fixture): AgentTask<CampaignInput, GenerationReads, Deliverable> =>
  agentTask({ input: { brief: 'A brief.' }, artifacts });

function singleEmail(): Fixture {
  const { requirements, confirmation } = bicycles();
  const sequence = confirmation.strategy.sequence
    .slice(0, 1)
    .map((step) => ({ ...step, segments: ['commuters'] }));
  const strategy = { ...confirmation.strategy, sequence };
  return { requirements, confirmation: { ...confirmation, strategy } };
}

const cases = [
  { name: 'a single email', task: task(singleEmail()), llm: [{ value: DRAFT }] },
  { name: 'bicycles', task: task(bicycles()) },
  { name: 'savings', task: task(savings()) },
];

test.each(agentConformance(generationAgent, cases))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined();
});
