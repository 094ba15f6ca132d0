import type { z } from 'zod';

import type { WorkflowShape } from './workflow-shape.ts';

/** A workflow with its types, before anything runs it. */
export interface WorkflowDescription<Input, Artifacts> extends WorkflowShape {
  readonly input: z.ZodType<Input>;
  /** Carries the type; never set. */
  readonly types?: { readonly input: Input; readonly artifacts: Artifacts };
}
