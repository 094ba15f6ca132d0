import type { ExecutionRow } from '../registry/tables.ts';

/** Figures of a plugin since its process has started. Durations in milliseconds. */
export interface PluginMetrics {
  readonly calls: number;
  /** Calls that the plugin failed in. */
  readonly errors: number;
  /** Calls that were refused before they reached it. */
  readonly refused: number;
  /** Of the last 1,000 calls that reached it; 0 when there were none. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly cpuMs: number;
  /** The most that an instance was seen to use. */
  readonly memoryBytes: number;
  readonly lastError: string | undefined;
  readonly lastErrorAt: string | undefined;
}

const KEPT = 1000;
const NONE: PluginMetrics = Object.freeze({
  calls: 0,
  errors: 0,
  refused: 0,
  p50Ms: 0,
  p95Ms: 0,
  p99Ms: 0,
  cpuMs: 0,
  memoryBytes: 0,
  lastError: undefined,
  lastErrorAt: undefined,
});

interface Counts {
  calls: number;
  errors: number;
  refused: number;
  cpuMs: number;
  memoryBytes: number;
  lastError: string | undefined;
  lastErrorAt: string | undefined;
  readonly durations: number[];
}

/** Counts calls by plugin. */
export function createMetrics(): {
  add(row: ExecutionRow): void;
  of(plugin: string): PluginMetrics;
} {
  const all = new Map<string, Counts>();
  return {
    add: (row) => {
      const counts = all.get(row.plugin) ?? start();
      all.set(row.plugin, counts);
      counts.calls++;
      if (row.outcome === 'refused') {
        counts.refused++;
        return;
      }
      counts.durations[(counts.calls - counts.refused - 1) % KEPT] = row.wall_ms;
      counts.cpuMs += row.cpu_ms;
      counts.memoryBytes = Math.max(counts.memoryBytes, row.memory_bytes);
      if (row.error === null) return;
      counts.errors++;
      counts.lastError = row.error;
      counts.lastErrorAt = row.started_at;
    },
    of: (plugin) => {
      const counts = all.get(plugin);
      if (counts === undefined) return NONE;
      const { durations, ...figures } = counts;
      const sorted = durations.toSorted((one, other) => one - other);
      const at = (share: number): number =>
        sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      return { ...figures, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
    },
  };
}

function start(): Counts {
  return {
    calls: 0,
    errors: 0,
    refused: 0,
    cpuMs: 0,
    memoryBytes: 0,
    lastError: undefined,
    lastErrorAt: undefined,
    durations: [],
  };
}
