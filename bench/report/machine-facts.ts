import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import { resolve } from 'node:path';

const PACKAGES = [
  '@langchain/langgraph',
  '@langchain/core',
  '@langchain/langgraph-checkpoint',
  'zod',
  'libsql',
];

/** What the figures depend on besides the code. */
export interface MachineFacts {
  readonly measuredAt: string;
  readonly system: string;
  readonly processor: string;
  readonly processors: number;
  readonly memoryGiB: number;
  /** Of the last minute, when the measuring began. */
  readonly loadAverage: number;
  readonly node: string;
  readonly packages: Readonly<Record<string, string>>;
}

/** Reads what the figures depend on besides the code. */
export function machineFacts(now: Date, packages: readonly string[] = PACKAGES): MachineFacts {
  const processors = cpus();
  return {
    measuredAt: now.toISOString(),
    system: `${type()} ${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    processors: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: process.versions.node,
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  // From the folder that npm runs it in: a bench may be compiled to elsewhere.
  const path = resolve('node_modules', name, 'package.json');
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
