// What an append and a verification cost. Run: node --import tsx bench/audit/measure-audit.ts [entries]
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  eventKey,
  exportJsonLines,
  openEmbeddedAudit,
  verifyChain,
  type AuditEvent,
  type AuditLog,
} from '../../src/audit/index.ts';

const ENTRIES = Number(process.argv[2] ?? 20_000);
const IN_FLIGHT = 256;
const ALONE = 100;

const directory = mkdtempSync(join(tmpdir(), 'phasegate-bench-audit-'));
print('floor: one write of 300 bytes and fsync', fsyncCost(), 'us');
const audit = await openEmbeddedAudit({ directory });
print('append, one after the other', await oneByOne(audit.log, 'phase-left'), 'us');
print('append of a gate verdict, signed at once', await oneByOne(audit.log, 'gate-verdict'), 'us');
print(`append, ${IN_FLIGHT} in flight, amortised`, await manyAtOnce(audit.log), 'us');
await verifyIt(audit.log);
await audit[Symbol.asyncDispose]();
rmSync(directory, { recursive: true, force: true });

function anEvent(visit: string, kind: AuditEvent['kind']): AuditEvent {
  return {
    key: eventKey({ thread: 'thread-1', visit, kind }),
    kind,
    actor: { id: 'reviewer-7', kind: 'person', onBehalfOf: 'team-3', authenticated: true },
    outcome: 'success',
    target: 'strategy -> confirmation',
    run: 'run-1',
    thread: 'thread-1',
    phase: 'strategy',
    policy: 'a'.repeat(64),
    input: 'b'.repeat(64),
    output: 'c'.repeat(64),
    facts: { attempt: 1, inputTokens: 1234, outputTokens: 321, costUsd: 0.0123 },
  };
}

function print(what: string, value: number, unit: string): void {
  console.log(`${what.padEnd(60)} ${value.toFixed(1).padStart(10)} ${unit}`);
}

function fsyncCost(): number {
  const file = openSync(join(directory, 'floor'), 'a');
  const startedAt = performance.now();
  for (let index = 0; index < 200; index += 1) {
    writeSync(file, 'x'.repeat(300));
    fsyncSync(file);
  }
  closeSync(file);
  return ((performance.now() - startedAt) * 1000) / 200;
}

async function oneByOne(log: AuditLog, kind: AuditEvent['kind']): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < ALONE; index += 1) await log.append(anEvent(`a-${index}`, kind));
  return ((performance.now() - startedAt) * 1000) / ALONE;
}

async function manyAtOnce(log: AuditLog): Promise<number> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  for (let next = 0; next < ENTRIES; next += IN_FLIGHT) {
    const events = Array.from({ length: Math.min(IN_FLIGHT, ENTRIES - next) }, (_, index) =>
      anEvent(`many-${next + index}`, 'phase-left'),
    );
    await Promise.all(events.map(async (event) => log.append(event)));
  }
  const { user, system } = process.cpuUsage(before);
  print('  of which this process computed', (user + system) / ENTRIES, 'us');
  return ((performance.now() - startedAt) * 1000) / ENTRIES;
}

async function verifyIt(log: AuditLog): Promise<void> {
  const lines: string[] = [];
  for await (const line of exportJsonLines(log)) lines.push(line);
  const text = lines.join('\n');
  const signatures = lines.filter((line) => line.startsWith('{"checkpoint"')).length;
  for (let round = 0; round < 3; round += 1) {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    const { ok, size } = verifyChain(text, log.publicKey);
    const seconds = (performance.now() - startedAt) / 1000;
    if (!ok) throw new Error('The chain does not verify.');
    const { user, system } = process.cpuUsage(before);
    const bytes = Math.round(text.length / size);
    print('  by the time that this process computed', (size * 1e6) / (user + system), 'entries/s');
    print(
      `verify: ${size} x ${bytes} bytes, ${signatures} signatures`,
      size / seconds,
      'entries/s',
    );
  }
}
