import type { WorkflowDescription } from '../../workflow/index.ts';
import type { HousedWorkflow, HouseOrder } from '../housed-workflow.ts';
import type { WorkflowSettings } from './workflow-settings.ts';

/**
 * Opens a workflow for runs from code as the configuration has the command line run it: the same rules at its gates, the same
 * keys, waivers, audit trail, and the same tools of plugins for its phases.
 *
 * @param describe - Makes the workflow, such as `emailCampaign`.
 * @returns The workflow and the options to give to `compileWorkflow`.
 * @throws CONFIG_* for configuration that cannot be used; STORAGE_* for a data folder that cannot be used; APP_* for policies and
 * plugins that cannot be.
 */
export async function openWorkflow<Input, Artifacts>(
  describe: (settings: WorkflowSettings) => WorkflowDescription<Input, Artifacts>,
  order: HouseOrder = {},
): Promise<HousedWorkflow<Input, Artifacts>> {
  // What few need is loaded by those who do.
  const { openHousedWorkflow } = await import('../housed-workflow.ts');
  const {
    workflow,
    options,
    [Symbol.asyncDispose]: close,
  } = await openHousedWorkflow(describe, order);
  return { workflow, options, [Symbol.asyncDispose]: close };
}
