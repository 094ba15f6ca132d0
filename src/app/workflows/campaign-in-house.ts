import { tradeStandards } from '../../industries/index.ts';
import { withStandards, type WorkflowDescription } from '../../workflow/index.ts';
import { emailCampaign } from './email-campaign.ts';
import type { WorkflowSettings } from './workflow-settings.ts';

const CALLS_OF_TOOLS =
  'Each call of a tool is allowed or refused when it is made, by what was granted to the plugin; a gate comes after it.';

/**
 * Describes the campaign as it is run by name: asked by the standards of general documents, which the workflow in code leaves to
 * whoever compiles it.
 */
export function campaignInHouse(settings: WorkflowSettings): WorkflowDescription<unknown, object> {
  const { standards = 'audit' } = settings;
  const workflow: WorkflowDescription<unknown, object> = emailCampaign(settings);
  if (standards === 'off') return workflow;
  const compliance = tradeStandards(
    {
      standards: [
        {
          id: 'custom',
          holds: ['CUS-09'],
          notApplicable: { 'CUS-01': CALLS_OF_TOOLS, 'CUS-04': CALLS_OF_TOOLS },
        },
        { id: 'gdpr' },
      ],
      tags: {
        'confirmation -> generation': ['approval'],
        'generation -> completed': ['output'],
      },
      callsTools: true,
    },
    standards,
  );
  return withStandards(workflow, compliance);
}
