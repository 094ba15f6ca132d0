import type { Workflow } from '../../workflow/index.ts';
import type { App } from '../open-app.ts';
import { workflowNamed } from '../workflows/catalogue.ts';

/** Describes a workflow as it is run here: with the house's own rules at its gates. @throws APP_UNKNOWN_WORKFLOW */
export function workflowOf(app: App, id: string): Workflow<unknown, unknown> {
  return app.policies.applyTo(workflowNamed(id).describe(app.workflowSettings));
}
