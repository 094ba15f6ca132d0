import { digestOf } from '../../kernel/index.ts';
import type { WorkflowShape } from './workflow-shape.ts';

/** Names what a workflow decides by; see {@link WorkflowShape.digest}. */
export function workflowDigest(workflow: Omit<WorkflowShape, 'digest'>): string {
  const { id, version, phases, transitions, compliance } = workflow;
  return digestOf({
    id,
    version,
    phases: phases.map((phase) => ({
      id: phase.id,
      agent: phase.agent.id,
      maxAttempts: phase.maxAttempts,
    })),
    transitions: transitions.map(({ from, to, when, gate }) => ({
      from,
      to,
      when: when?.digest,
      gate: gate?.digest,
    })),
    ...(compliance === undefined ? {} : { compliance: compliance.digest }),
  });
}
