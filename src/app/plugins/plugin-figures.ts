import type { PluginTables } from '../../plugins/index.ts';
import type { RecordsDatabase } from '../../storage/index.ts';

/** What the records hold of the calls of a plugin, of every process. Durations in milliseconds. */
export interface PluginFigures {
  /** Of the latest calls, at most 1,000. */
  readonly calls: number;
  /** Calls that the plugin failed in. */
  readonly errors: number;
  /** Calls that were refused before they reached it. */
  readonly refused: number;
  /** Of the calls that reached it. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Of the latest calls, what the models took that they asked. */
  readonly costUsd: number;
  /** The code of the latest error; null when there was none. */
  readonly lastError: string | null;
  /** ISO-8601 UTC. */
  readonly lastErrorAt: string | null;
}

const LATEST = 1000;

/** One call of a plugin, in whatever process. Input and output by their digests. */
export interface PluginCall {
  readonly version: string;
  readonly operation: string;
  readonly caller: string;
  readonly thread: string | null;
  /** ISO-8601 UTC. */
  readonly startedAt: string;
  readonly outcome: string;
  /** The code of what it failed with; null when it did not. */
  readonly error: string | null;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly costUsd: number;
  readonly inputDigest: string;
  readonly outputDigest: string;
}

/** Gives the latest calls of a plugin, the newest first. */
export async function callsOf(
  { reader }: Pick<RecordsDatabase<PluginTables>, 'reader'>,
  { plugin, most }: { readonly plugin: string; readonly most: number },
): Promise<readonly PluginCall[]> {
  const rows = await reader
    .selectFrom('plugins_executions as call')
    .leftJoin('plugins_versions as version', 'version.digest', 'call.digest')
    .selectAll('call')
    .select('version.version as version')
    .where('call.plugin', '=', plugin)
    .orderBy('call.started_at', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    version: row.version ?? '',
    operation: row.operation,
    caller: row.caller,
    thread: row.thread,
    startedAt: row.started_at,
    outcome: row.outcome,
    error: row.error,
    wallMs: numberOf(row.wall_ms),
    cpuMs: numberOf(row.cpu_ms),
    costUsd: numberOf(row.cost_usd),
    inputDigest: row.input_digest,
    outputDigest: row.output_digest,
  }));
}

/** Gives the figures of a plugin. */
export async function figuresOf(
  { reader }: Pick<RecordsDatabase<PluginTables>, 'reader'>,
  plugin: string,
): Promise<PluginFigures> {
  const rows = await reader
    .selectFrom('plugins_executions')
    .select(['outcome', 'wall_ms', 'cpu_ms', 'memory_bytes', 'cost_usd', 'error', 'started_at'])
    .where('plugin', '=', plugin)
    .orderBy('started_at', 'desc')
    .limit(LATEST)
    .execute();
  const reached = rows.filter(({ outcome }) => outcome !== 'refused');
  const durations = reached
    .map(({ wall_ms: ms }) => numberOf(ms))
    .toSorted((one, two) => one - two);
  const at = (share: number): number =>
    durations[Math.min(durations.length - 1, Math.floor(durations.length * share))] ?? 0;
  const failed = reached.filter(({ error }) => error !== null);
  return {
    calls: rows.length,
    errors: failed.length,
    refused: rows.length - reached.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    cpuMs: rows.reduce((sum, { cpu_ms: ms }) => sum + numberOf(ms), 0),
    memoryBytes: Math.max(0, ...rows.map(({ memory_bytes: bytes }) => numberOf(bytes))),
    costUsd: rows.reduce((sum, { cost_usd: usd }) => sum + numberOf(usd), 0),
    lastError: failed[0]?.error ?? null,
    lastErrorAt: failed[0]?.started_at ?? null,
  };
}

/** PostgreSQL gives a bigint as text. */
function numberOf(value: unknown): number {
  return Number(value);
}
