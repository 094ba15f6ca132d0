import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  openEmbeddedAudit,
  type AuditEvent,
  type AuditKind,
  type EmbeddedAudit,
} from '../../src/audit/index.ts';

/** An audit trail in a folder of its own, which goes with it. */
export interface Trail extends AsyncDisposable {
  readonly audit: EmbeddedAudit;
  readonly directory: string;
}

/** Opens a trail with nothing in it. */
export async function openTrail(): Promise<Trail> {
  const directory = mkdtempSync(join(tmpdir(), 'phasegate-bench-audit-'));
  const audit = await openEmbeddedAudit({ directory });
  return {
    audit,
    directory,
    [Symbol.asyncDispose]: async () => {
      await audit[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** An event as a run tells it: 600 bytes with all its digests. */
export function anEvent(visit: string, kind: AuditKind): AuditEvent {
  return {
    key: `thread-1/${visit}/${kind}`,
    kind,
    actor: { id: 'strategy/llm', kind: 'agent', onBehalfOf: 'user-7', authenticated: true },
    outcome: 'success',
    target: 'strategy',
    run: 'run-1',
    thread: 'thread-1',
    phase: 'strategy',
    policy: 'a'.repeat(64),
    input: 'b'.repeat(64),
    output: 'c'.repeat(64),
    facts: { attempt: 1, inputTokens: 1234, outputTokens: 321, costUsd: 0.0123 },
  };
}

/** The CPU time of this process that `work` takes, in microseconds: what others do on the machine does not count. */
export async function cpuMicroseconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** The middle of the values. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
