/** What the configuration says that a workflow is described with. */
export interface WorkflowSettings {
  /** Milliseconds for which a person's approval holds. */
  readonly approvalValidForMs: number;
  /** Milliseconds that one visit of a phase may take. */
  readonly phaseTimeoutMs: number;
}
