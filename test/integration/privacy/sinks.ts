import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MemorySaver } from '@langchain/langgraph';
import { z } from 'zod';

import { openApp, type App } from '../../../src/app/index.ts';
import {
  toCloudEvent,
  toOcsf,
  exportJsonLines,
  parseEntry,
  readEntries,
} from '../../../src/audit/index.ts';
import { shieldModel, type Model, type StructuredRequest } from '../../../src/models/index.ts';
import { createLogger, errorFacts } from '../../../src/observability/index.ts';
import { PERSONAL_TYPES, SECRET_TYPES } from '../../../src/privacy/index.ts';
import { NO_USAGE, type Principal } from '../../../src/state/index.ts';
import { defineCheck, defineGate } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../../src/workflow/index.ts';
import { heldInMemory } from '../../../src/workflow/fixtures/held-in-memory.ts';
import { EVERYTHING } from './canaries.ts';

/** Whether what takes data of persons out is on, or bypassed to show what would be found without it. */
export type Scrubbing = 'on' | 'off';

/** What each sink has got, as text. */
export type Sinks = Readonly<Record<string, string>>;

/** An error that quotes everything, in its message, its name, its stack and its causes. */
export function telltale(): Error {
  const cause = Object.assign(new Error(EVERYTHING), { code: 'ECONNRESET', name: EVERYTHING });
  return new Error(EVERYTHING, { cause });
}

/** What a log gets that is told everything, as event, fact, child and error. */
export function logged(scrubbing: Scrubbing): string {
  const lines: string[] = [];
  const error = telltale();
  if (scrubbing === 'off') return JSON.stringify([EVERYTHING, error.message, String(error.cause)]);
  const logger = createLogger({
    level: 'trace',
    destination: { write: (line) => lines.push(line) },
    fields: ['note'],
  });
  for (const part of EVERYTHING.split('; ')) {
    const child = logger.child({ reason: part, hint: part });
    child.debug('told', { problem: part, note: part });
    child.info(part, {});
    child.warn('told', { brief: part });
    child.error('failed', { ...errorFacts(error), reason: part });
  }
  return lines.join('');
}

/** What a model's server gets. */
export async function prompted(scrubbing: Scrubbing): Promise<string> {
  const seen: string[] = [];
  const far: Model = {
    id: 'far/model',
    budget: { maxTokens: 1, maxCostUsd: 1 },
    structured: async <Value>(request: StructuredRequest<Value>) => {
      seen.push(request.system, request.user);
      return { value: request.schema.parse({ text: request.user }), usage: NO_USAGE, repairs: 0 };
    },
  };
  const types = [...PERSONAL_TYPES, ...SECRET_TYPES];
  const model = scrubbing === 'on' ? shieldModel(far, { policy: 'pseudonymise', types }) : far;
  const schema = z.object({ text: z.string() });
  const { signal } = new AbortController();
  const request = { name: 'a', schema, system: `Of ${EVERYTHING}`, user: EVERYTHING, signal };
  const { value } = await model.structured(request, NO_USAGE);
  if (value.text !== EVERYTHING) throw new Error('The answer lost what it was asked about.');
  return seen.join('\n');
}

/** What the audit trail gets, its files and its exports, from events that are told everything where they take text. */
export async function audited(scrubbing: Scrubbing): Promise<Sinks> {
  const directory = mkdtempSync(join(tmpdir(), 'canary-audit-'));
  try {
    const exports: string[] = [];
    await withAppIn(directory, async (app) => {
      const { log } = await app.audit.open();
      const sink = scrubbing === 'on' ? app.audit : log;
      for (const [index, part] of EVERYTHING.split('; ').entries()) {
        await sink.append({
          key: `canary/${index}`,
          kind: 'effect',
          actor: { id: part, kind: 'person', authenticated: true, onBehalfOf: part },
          outcome: 'success',
          target: part,
          run: 'run-1',
          thread: 'canary',
          facts: { comment: part, reason: part },
        });
      }
      for await (const line of exportJsonLines(log)) exports.push(line);
      for await (const { body } of readEntries(log)) {
        const entry = parseEntry(body);
        exports.push(body, JSON.stringify([entry]));
      }
      exports.push(...(await converted(log)));
    });
    return { 'audit files': textOf(directory), 'audit exports': exports.join('\n') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function converted(log: Parameters<typeof readEntries>[0]): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const entry of readEntries(log)) {
    all.push(JSON.stringify(toCloudEvent(entry)), JSON.stringify(toOcsf(entry)));
  }
  return all;
}

const who: Principal = {
  id: 'kim',
  kind: 'person',
  roles: [],
  authenticated: true,
  source: 'test',
};

/** What a store gets of a run whose whole input and artifact are sensitive, with an answer that quotes everything. */
export async function stored(scrubbing: Scrubbing): Promise<string> {
  const text = scrubbing === 'on' ? z.string().meta({ sensitive: true }) : z.string();
  const Brief = z.strictObject({ person: z.string(), text });
  const agent = defineAgent({
    id: 'writer',
    input: Brief,
    artifact: Brief,
    reads: {},
    simulated: ({ input }, { decide }) => {
      decide({ action: 'approve', description: input.text, subject: input, schema: Brief });
      return input;
    },
  });
  const check = defineCheck({
    id: 'there',
    reads: z.object({ artifacts: z.object({ write: Brief }) }),
    message: 'Nothing.',
    remedy: 'Write.',
    evaluate: ({ artifacts }) => artifacts.write.text !== '',
  });
  const workflow = defineWorkflow({
    id: 'canary',
    input: Brief,
    phases: [definePhase({ id: 'write', agent })],
    transitions: [{ from: 'write', to: 'completed', gate: defineGate({ checks: [check] }) }],
  });
  const saver = new MemorySaver();
  const graph = compileWorkflow(workflow, {
    checkpointer: saver,
    sealKey: randomBytes(32),
    identify: () => who,
  });
  const config = { configurable: { thread_id: 't' } };
  await graph.invoke({ input: { person: 'p-1', text: EVERYTHING } }, config);
  return heldInMemory(saver);
}

/** Opens an app over a folder that nobody else uses. */
export async function withAppIn<Result>(
  dataDir: string,
  work: (app: App) => Promise<Result>,
): Promise<Result> {
  await using app = await openApp({
    environment: {},
    workingDirectory: dataDir,
    overrides: { dataDir },
  });
  return await work(app);
}

/** All files under a folder, as one text. */
export function textOf(folder: string, isMeant: (name: string) => boolean = () => true): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isMeant(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('utf8'))
    .join('\n');
}
