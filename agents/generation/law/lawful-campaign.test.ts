import { expect, test } from 'vitest';

import { pluginKinds, type PluginHost } from '../../../src/plugins/index.ts';
import { agentContext } from '../../../src/testing/index.ts';
import { NO_TOOLS, type AgentTools } from '../../../src/workflow/index.ts';
import { bicycles } from '../fixtures/campaigns.ts';
import { composeCampaign, writeCampaign } from '../simulated/write-campaign.ts';
import { lawfulCampaign } from './lawful-campaign.ts';

/** The email law that comes with Phasegate, without a registry before it. */
const tools: AgentTools = {
  offered: [],
  call: async (entry, input) => {
    const [id, operation = ''] = entry.split('/');
    const { builtIns } = pluginKinds['compliance-validator'];
    const plugin = builtIns.find(({ manifest }) => manifest.id === id);
    // It asks its host for nothing.
    return await plugin?.module?.execute(operation, input, {} as PluginHost);
  },
};
const { requirements, confirmation } = bicycles();

test('a campaign that is as it should be stays as it is, with the rules at hand and without', async () => {
  const written = composeCampaign(requirements, confirmation);
  const plain = writeCampaign(requirements, confirmation);
  expect(await lawfulCampaign(written, agentContext({ tools }))).toEqual(plain);
  expect(await lawfulCampaign(written, agentContext({ tools: NO_TOOLS }))).toEqual(plain);
});

test('a subject that pretends to be an answer loses that beginning', async () => {
  const written = composeCampaign(requirements, confirmation);
  const [first, ...others] = written.emails;
  if (first === undefined) throw new Error('The fixture has emails.');
  const { content } = first;
  const subject = { ...content.subject, text: `RE: AW: ${content.subject.text}` };
  const emails = [{ ...first, content: { ...content, subject } }, ...others];
  const context = agentContext({ tools });
  const campaign = await lawfulCampaign({ ...written, emails }, context);
  expect(campaign).toEqual(writeCampaign(requirements, confirmation));
  expect(context.reports).toContainEqual(expect.objectContaining({ mended: 1 }));
});
