import {
  digestOf,
  isPhasegateError,
  type Clock,
  type Ids,
  type JsonValue,
} from '../../kernel/index.ts';
import type { RecordsDatabase } from '../../storage/index.ts';
import type { Operation, RuntimeUsage } from '../contract/index.ts';
import { HistoryFullError, SchemaMismatchError } from '../errors/index.ts';
import type { ActivePlugin } from '../registry/registry-parts.ts';
import type { ExecutionRow, PluginTables } from '../registry/tables.ts';
import type { OperationCall } from './operation-call.ts';
import { createMetrics, type PluginMetrics } from './metrics.ts';

/** What is known of a call once it has ended. */
export interface Execution {
  readonly plugin: ActivePlugin;
  readonly operation: string;
  readonly call: OperationCall;
  readonly inputDigest: string;
  readonly effect: string | undefined;
  readonly usage: RuntimeUsage;
  /** What models that the plugin has asked have cost, in US dollars. */
  readonly costUsd: number;
  readonly output?: JsonValue;
  readonly error?: unknown;
}

/** What of the history is not written yet, and what is refused for it. */
export interface HistoryCondition {
  /** Calls that wait to be written, in memory. */
  readonly waiting: number;
  /** Whether the last attempt to write failed. */
  readonly failed: boolean;
  readonly refuses: 'nothing' | 'side-effects' | 'every-call';
}

/** Keeps the history of calls. Close it when done: what was added is written by then. */
export interface ExecutionLog {
  /** @throws {@link HistoryFullError} when so many calls wait to be written that one of this operation would be one too many. */
  demandRoom(plugin: string, operation: Pick<Operation, 'name' | 'sideEffects'>): void;
  add(execution: Execution): void;
  /** Where the history stands in this process. */
  condition(): HistoryCondition;
  /** Figures of a plugin since this process has started. */
  metrics(plugin: string): PluginMetrics;
  /** Writes what was added. @throws STORAGE_RECORDS_*. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** History that waits to be written; calls do not wait for the disk, since effects are claimed apart. */
const FLUSH_AFTER_MS = 250;
/** To write waits for the disk, and afterwards every right is read anew: it is not done more often than it has to be. */
const FLUSH_AT = 1000;
/** After it could not be written, it is tried again this often. */
const RETRY_AFTER_MS = 1000;
/** What nobody can look up later is not begun: from here on effects are refused, */
const MAX_BEFORE_EFFECTS = 10_000;
/** and from here on every call: memory has an end. */
const MAX_WAITING = 20_000;
/** A statement takes 32,766 values on SQLite. */
const ROWS_OF_A_STATEMENT = 1000;

/** What a history is kept with. */
interface LogParts {
  readonly database: RecordsDatabase<PluginTables>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Told each time that the history cannot be written; it is tried again. */
  readonly onFailure: (condition: HistoryCondition) => void;
}

/** Opens the history of calls. */
export function createExecutionLog(parts: LogParts): ExecutionLog {
  return new History(parts);
}

class History implements ExecutionLog {
  readonly #parts: LogParts;
  readonly #metrics = createMetrics();
  #waiting: ExecutionRow[] = [];
  #beingWritten = 0;
  #failed = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: LogParts) {
    this.#parts = parts;
  }

  demandRoom(plugin: string, { name, sideEffects }: Pick<Operation, 'name' | 'sideEffects'>): void {
    const { refuses, waiting } = this.condition();
    if (refuses === 'every-call' || (refuses === 'side-effects' && sideEffects))
      throw new HistoryFullError(plugin, name, waiting);
  }

  add(execution: Execution): void {
    const { clock, ids } = this.#parts;
    const row = rowOf(execution, { at: clock.now(), id: ids.next() });
    this.#metrics.add(row);
    this.#waiting.push(row);
    const isFull = this.#waiting.length === FLUSH_AT;
    if (isFull && !this.#failed && this.#beingWritten === 0) this.#begin();
    else this.#beginLater();
  }

  condition(): HistoryCondition {
    const waiting = this.#waiting.length + this.#beingWritten;
    const refuses =
      waiting >= MAX_WAITING
        ? 'every-call'
        : waiting >= MAX_BEFORE_EFFECTS
          ? 'side-effects'
          : 'nothing';
    return { waiting, failed: this.#failed, refuses };
  }

  metrics(plugin: string): PluginMetrics {
    return this.#metrics.of(plugin);
  }

  async flush(): Promise<void> {
    const write = async (): Promise<void> => await this.#write();
    this.#writing = this.#writing.then(write, write);
    await this.#writing;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  #begin(): void {
    this.flush().catch(() => this.#parts.onFailure(this.condition()));
  }

  #beginLater(): void {
    // One write at a time: what comes meanwhile is written after it.
    if (this.#beingWritten > 0 || this.#closed) return;
    const afterMs = this.#failed ? RETRY_AFTER_MS : FLUSH_AFTER_MS;
    this.#timer ??= setTimeout(() => this.#begin(), afterMs).unref();
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    this.#beingWritten = rows.length;
    try {
      await insertAll(this.#parts.database, rows);
      this.#failed = false;
    } catch (error) {
      this.#waiting = [...rows, ...this.#waiting];
      this.#failed = true;
      throw error;
    } finally {
      this.#beingWritten = 0;
      if (this.#waiting.length > 0) this.#beginLater();
    }
  }
}

async function insertAll(
  database: RecordsDatabase<PluginTables>,
  rows: readonly ExecutionRow[],
): Promise<void> {
  await database.exclusively(async (queries) => {
    for (let at = 0; at < rows.length; at += ROWS_OF_A_STATEMENT) {
      const part = rows.slice(at, at + ROWS_OF_A_STATEMENT);
      // oxlint-disable-next-line no-await-in-loop
      await queries.insertInto('plugins_executions').values(part).execute();
    }
  });
}

function rowOf(execution: Execution, { at, id }: { at: string; id: string }): ExecutionRow {
  const { plugin, operation, call, inputDigest, effect, usage, output, error, costUsd } = execution;
  const { thread = null, run = null, phase = null } = call.place ?? {};
  return {
    id,
    plugin: plugin.version.id,
    digest: plugin.version.digest,
    operation,
    caller: call.caller.id,
    thread,
    run,
    phase,
    ...endOf(error),
    started_at: at,
    wall_ms: usage.wallMs,
    cpu_ms: usage.cpuMs ?? 0,
    memory_bytes: usage.memoryBytes ?? 0,
    input_digest: inputDigest,
    output_digest: output === undefined ? '' : digestOf(output),
    effect_key: effect ?? null,
    cost_usd: costUsd,
  };
}

function endOf(error: unknown): Pick<ExecutionRow, 'outcome' | 'error'> {
  if (error === undefined) return { outcome: 'success', error: null };
  const outcome = isRefused(error) ? 'refused' : 'failure';
  return { outcome, error: isPhasegateError(error) ? error.code : 'unknown' };
}

/** What never reached the plugin says nothing of it. */
function isRefused(error: unknown): boolean {
  if (!isPhasegateError(error)) return false;
  if (error instanceof SchemaMismatchError) return error.details['side'] === 'input';
  return REFUSALS.has(error.code);
}

const REFUSALS: ReadonlySet<string> = new Set([
  'PLUGINS_CALL_APPROVAL_NEEDED',
  'PLUGINS_CALL_REFUSED',
  'PLUGINS_HISTORY_FULL',
  'PLUGINS_PERSONAL_DATA',
  'PLUGINS_TRIPPED',
]);
