import { z } from 'zod';

import { isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import { WorkflowPlan } from '../../state/index.ts';
import type { WorkflowEntry } from '../workflows/catalogue.ts';
import { UnusableTemplateError } from './errors.ts';
import { agentsFor } from './shipped-agents.ts';

/** A workflow that a template of the registry made, and of what. */
export interface MadeWorkflow {
  readonly template: { readonly id: string; readonly version: string; readonly digest: string };
  readonly parameters: Readonly<Record<string, JsonValue>>;
  readonly plan: WorkflowPlan;
}
export const MadeWorkflow: z.ZodType<MadeWorkflow> = z.strictObject({
  template: z.strictObject({ id: z.string(), version: z.string(), digest: z.string() }),
  parameters: z.record(z.string(), z.json()),
  plan: WorkflowPlan,
});

/** Whether a name is a plugin's: those of workflows that come with Phasegate have no dot. */
export function isTemplateId(name: string): boolean {
  return name.includes('.');
}

/** Gives a made workflow as one that can be run. @throws APP_UNKNOWN_AGENT; its `describe` APP_UNUSABLE_TEMPLATE. */
export function entryOfMade({ template, plan }: MadeWorkflow): WorkflowEntry {
  const named = `${template.id}@${template.version}`;
  const shipped = agentsFor(plan, named);
  return {
    id: plan.id,
    title: plan.title,
    template,
    summary: `Made of the template ${named}.`,
    describe: ({ standards, phaseTimeoutMs }) => {
      const phases = plan.phases.map((phase) => ({ timeoutMs: phaseTimeoutMs, ...phase }));
      try {
        return shipped.describe({ ...plan, phases }, standards);
      } catch (error) {
        throw isPhasegateError(error) ? new UnusableTemplateError(named, error) : error;
      }
    },
    inputFrom: shipped.inputFrom,
    filesFrom: (artifacts) => shipped.filesFrom(plan, artifacts),
  };
}
