import type { WorkflowDescription } from '../../workflow/index.ts';
import { inHouse } from '../house.ts';
import type { App } from '../open-app.ts';
import { workflowNamed } from '../workflows/catalogue.ts';

/**
 * Describes a workflow as it is run here: with the house's own rules and the checks of plugins at its gates.
 *
 * @throws APP_UNKNOWN_WORKFLOW; APP_UNKNOWN_GATE.
 */
export function workflowOf(app: App, id: string): WorkflowDescription<unknown, unknown> {
  return inHouse(app, workflowNamed(id).describe(app.workflowSettings));
}
