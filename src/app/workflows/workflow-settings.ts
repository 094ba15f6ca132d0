import type { StandardsMode, TradeParameters } from '../../industries/index.ts';

/** What the configuration says that a workflow is described with. */
export interface WorkflowSettings {
  /** Milliseconds for which a person's approval holds. */
  readonly approvalValidForMs: number;
  /** Milliseconds that one visit of a phase may take. */
  readonly phaseTimeoutMs: number;
  /** What a failing check of a trade's standards does; `audit` unless told. */
  readonly standards?: StandardsMode;
  /** Parameters of templates, by workflow; what is left out has its default. */
  readonly parameters?: Readonly<Record<string, TradeParameters>>;
}

/** What `config/default.toml` says, for workflows that are described in code without a configuration. */
export const DEFAULT_SETTINGS: WorkflowSettings = Object.freeze({
  approvalValidForMs: 7 * 24 * 60 * 60 * 1000,
  phaseTimeoutMs: 5 * 60 * 1000,
  standards: 'audit',
  parameters: {},
});
