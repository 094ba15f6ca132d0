/** What the phases of a workflow may use, as `plugin-id/operation`: nothing that is not listed. All of it comes with Phasegate. */
export const PHASE_TOOLS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =
  Object.freeze({
    'email-campaign': Object.freeze({
      strategy: ['phasegate.deadlines/decide', 'phasegate.deadlines/explain'],
      generation: [
        'phasegate.email-law/honest-subject',
        'phasegate.email-law/unsubscribe',
        'phasegate.email-law/sender-address',
      ],
    }),
  });

/** Gives what a phase may use. */
export function toolsAllowed(workflow: string, phase: string): readonly string[] {
  const phases = Object.hasOwn(PHASE_TOOLS, workflow) ? PHASE_TOOLS[workflow] : undefined;
  return phases !== undefined && Object.hasOwn(phases, phase) ? (phases[phase] ?? []) : [];
}

/** The role that a workflow's agents call with; whoever operates the registry may take it what it was given. */
export function roleOf(workflow: string): string {
  return `workflow.${workflow}`;
}
