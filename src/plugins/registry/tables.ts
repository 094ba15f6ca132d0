import type { PluginState } from './states.ts';

/** A version of a plugin, told apart by the digest of its files. */
export interface VersionRow {
  readonly digest: string;
  readonly id: string;
  readonly version: string;
  readonly publisher: string;
  readonly kind: string;
  readonly state: PluginState;
  /** JSON of the manifest. */
  readonly manifest: string;
  /** Where it came from: a folder, an npm package, code. */
  readonly source: string;
  /** 1 when a trusted key signed this digest. */
  readonly signed: number;
  readonly tier: string;
  readonly added_at: string;
  readonly changed_at: string;
}

/** A file of a version: what was approved is what runs, wherever its folder went. */
export interface FileRow {
  readonly digest: string;
  readonly path: string;
  /** Base64, so that one column type serves both databases. */
  readonly content: string;
}

/** Which version of a plugin answers calls, and which did before. */
export interface ActiveRow {
  readonly id: string;
  readonly digest: string;
  /** For a rollback; empty when there is none. */
  readonly previous: string;
  /** JSON of the operator's settings. */
  readonly config: string;
  readonly changed_at: string;
}

/** A scan's report. */
export interface ScanRow {
  readonly id: string;
  readonly digest: string;
  readonly rules: string;
  readonly scanned_at: string;
  readonly report: string;
}

/** What a version may do at most, as an operator granted it; bound to the digest. */
export interface GrantRow {
  readonly id: string;
  readonly digest: string;
  readonly permissions: string;
  readonly granted_by: string;
  readonly granted_at: string;
  readonly revoked_at: string | null;
}

/** What the holders of a role may call. */
export interface RoleRow {
  readonly role: string;
  /** A plugin's id, or `*`. */
  readonly plugin: string;
  /** An operation's name, or `*`. */
  readonly operation: string;
  /** JSON of the permissions that such a call may use at most. */
  readonly permissions: string;
  readonly granted_by: string;
  readonly granted_at: string;
}

/** A step of a version from state to state. */
export interface HistoryRow {
  readonly id: string;
  readonly plugin: string;
  readonly digest: string;
  readonly from_state: string;
  readonly to_state: string;
  readonly at: string;
  readonly actor: string;
  readonly reason: string;
}

/** One call of an operation. Inputs and outputs by digest only. */
export interface ExecutionRow {
  readonly id: string;
  readonly plugin: string;
  readonly digest: string;
  readonly operation: string;
  readonly caller: string;
  readonly thread: string | null;
  readonly run: string | null;
  readonly phase: string | null;
  readonly outcome: string;
  readonly error: string | null;
  readonly started_at: string;
  readonly wall_ms: number;
  readonly cpu_ms: number;
  readonly memory_bytes: number;
  readonly input_digest: string;
  readonly output_digest: string;
  /** What claims the effect, so that it happens once; null without side effects. */
  readonly effect_key: string | null;
  readonly cost_usd: number;
}

/** The claim of an effect: written before it, finished after it. */
export interface EffectRow {
  readonly effect_key: string;
  readonly claimed_at: string;
  /** JSON of who began it, and where; null for effects that were begun before this was kept. */
  readonly begun: string | null;
  /** JSON of the output, sealed; null while it is not known how it ended. */
  readonly output: string | null;
}

/** A person's consent to one call with side effects, bound to plugin, operation and arguments. */
export interface ApprovalRow {
  readonly id: string;
  readonly digest: string;
  readonly operation: string;
  readonly input_digest: string;
  readonly approved_by: string;
  readonly approved_at: string;
  readonly expires_at: string;
  readonly used_at: string | null;
}

/** A stop: of a plugin, of a publisher, or of everything. */
export interface KillRow {
  readonly id: string;
  readonly scope: 'plugin' | 'publisher' | 'all';
  readonly name: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly lifted_at: string | null;
}

/** What a plugin keeps for itself. */
export interface StateRow {
  readonly plugin: string;
  readonly key: string;
  readonly value: string;
}

/** Who is in the middle of a step of a version, and until when nobody else leads it back. */
export interface LeaseRow {
  readonly digest: string;
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
  readonly until: string;
}

/** Of which template the workflow of a thread was made: JSON, and a seal over it, the thread and the workflow's name. */
export interface WorkflowRow {
  readonly thread: string;
  readonly workflow: string;
  readonly plugin: string;
  readonly body: string;
  readonly seal: string;
}

/** The tables of the plugins' registry, the same on SQLite and PostgreSQL. */
export interface PluginTables {
  readonly plugins_versions: VersionRow;
  readonly plugins_files: FileRow;
  readonly plugins_active: ActiveRow;
  readonly plugins_scans: ScanRow;
  readonly plugins_grants: GrantRow;
  readonly plugins_roles: RoleRow;
  readonly plugins_history: HistoryRow;
  readonly plugins_executions: ExecutionRow;
  readonly plugins_effects: EffectRow;
  readonly plugins_approvals: ApprovalRow;
  readonly plugins_kills: KillRow;
  readonly plugins_state: StateRow;
  readonly plugins_leases: LeaseRow;
  readonly plugins_workflows: WorkflowRow;
}
