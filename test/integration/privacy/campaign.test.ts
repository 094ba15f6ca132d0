import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { PERSONAL_TYPES, SECRET_TYPES } from '../../../src/privacy/index.ts';
import { BRIEF, goodAnswer } from '../campaign-with-model/answers.ts';
import { openModelServer, type ModelServer } from '../campaign-with-model/model-server.ts';
import { EVERYTHING, found, NAME, VALUES } from './canaries.ts';
import { textOf } from './sinks.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ALL = [...VALUES, NAME];
const SLOW = 480_000;

/** What the process said on standard error while it worked, and ended with. */
interface Said {
  readonly code: number | null;
  readonly err: string;
  readonly out: string;
}

let folder: string;
let model: ModelServer;
let receiver: Server;
const received: string[] = [];
const said: Said[] = [];

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await buffer(request);
  const zipped = request.headers['content-encoding'] === 'gzip';
  received.push(`${request.url ?? ''}\n${(zipped ? gunzipSync(raw) : raw).toString('utf8')}`);
  response.statusCode = 202;
  response.end('{}');
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'canary-campaign-'));
  receiver = createServer((request, response) => void receive(request, response));
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  model = await openModelServer((asked) =>
    asked.body.includes('please fail') ? { status: 500 } : goodAnswer(asked),
  );
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'config', 'llm.toml'), settings(`${model.origin}/v1`));
  const { port } = receiver.address() as AddressInfo;
  const tracing = `[tracing]\notlp_endpoint = "http://127.0.0.1:${port}/v1/traces"\n`;
  writeFileSync(join(folder, 'config', 'default.toml'), tracing);
});
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await model[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function settings(baseUrl: string): string {
  const types = [...PERSONAL_TYPES, ...SECRET_TYPES].map((type) => `"${type}"`).join(', ');
  return `
[providers.mill]
api = "openai-compatible"
base_url = "${baseUrl}"
api_key = "key-1234"
prompt_data = "pseudonymise"
prompt_data_types = [${types}]

[models.mill]
provider = "mill"
model = "small"
structured_output = "json_schema"
context_tokens = 60_000
max_output_tokens = 500

[models.mill.price]
input_usd_per_million_tokens = 2.0
output_usd_per_million_tokens = 8.0
priced_at = 2026-11-01
`;
}

/** Runs one command, with every variable and every channel carrying canaries; its standard error is a sink. */
async function phasegate(...words: readonly string[]): Promise<Said> {
  const { port } = receiver.address() as AddressInfo;
  const child = spawn(
    process.execPath,
    [
      '--import',
      import.meta.resolve('tsx'),
      join(ROOT, 'src/cli/main.ts'),
      ...words,
      '--data-dir',
      join(folder, 'data'),
      '--config',
      join(folder, 'config'),
      '--log-level',
      'trace',
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        CANARY: EVERYTHING,
        LANGSMITH_TRACING: 'true',
        LANGSMITH_API_KEY: 'lsv2_canary',
        LANGSMITH_ENDPOINT: `http://127.0.0.1:${port}`,
        LANGSMITH_PROJECT: 'canary',
      },
    },
  );
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = child.exitCode ?? Number((await once(child, 'exit'))[0]);
  const outcome = { code, out, err };
  said.push(outcome);
  return outcome;
}

function briefFile(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The same, which has to end with a code. */
async function ending(code: number, ...words: readonly string[]): Promise<Said> {
  const outcome = await phasegate(...words);
  if (outcome.code !== code)
    throw new Error(`${words.join(' ')} ended with ${String(outcome.code)}: ${outcome.err}`);
  return outcome;
}

/** Standard error: the log, progress and failures; without what is said back of an answer to whoever gave it. */
const logLines = (): string =>
  said
    .flatMap(({ err }) => err.split('\n'))
    .filter((line) => !/^ {2}\S.* by \S.*saying: /.test(line) && !line.includes('brief of'))
    .join('\n');
const auditText = (): string => textOf(join(folder, 'data'), (name) => name.startsWith('audit.'));

test(
  'a simulated campaign leaves none of them in logs, traces or the audit trail: rejected, edited, approved, failed',
  async () => {
    const spring = join(ROOT, 'examples/briefs/spring-offer.md');
    const notes = `${readFileSync(spring, 'utf8')}\n\n## Notes\n\n${EVERYTHING}\n`;
    const brief = briefFile(`brief of ${NAME}.md`, notes);
    const run = ['run', 'email-campaign', '--thread'];
    await ending(3, ...run, 'one', '--input', brief);
    const asked = z.record(z.string(), z.string());
    const blank = asked.parse(JSON.parse((await phasegate('respond', 'one', '--print')).out));
    const answers = Object.keys(blank).map((id) => [id, EVERYTHING] as const);
    const answered = briefFile('answers.json', JSON.stringify(Object.fromEntries(answers)));
    await phasegate('respond', 'one', '--answers', answered);
    await ending(3, ...run, 'two', '--input', spring);
    const printed = await phasegate('edit', 'two', '--print');
    const edited = briefFile('edited.json', printed.out.replace('Spring', NAME));
    await ending(0, 'edit', 'two', '--file', edited, '--comment', EVERYTHING);
    await ending(3, ...run, 'three', '--input', spring);
    await ending(0, 'approve', 'three', '--comment', EVERYTHING);
    await ending(3, ...run, 'four', '--input', spring);
    await phasegate('reject', 'four', '--comment', EVERYTHING);
    await phasegate('run', 'email-campaign', '--input', join(folder, 'missing.md'));
    await phasegate(
      'plugins',
      'run',
      'none',
      'go',
      '--input',
      JSON.stringify({ note: EVERYTHING }),
    );
    // What somebody typed is said back to nobody but the same person: the path of the file, and the comment.
    expect(found(logLines(), ALL)).toEqual([]);
  },
  SLOW,
);

test(
  'a campaign by a model leaves none of them in prompts, logs or traces, also when the server fails',
  async () => {
    const brief = briefFile('bread.md', `${BRIEF}\n\n## Notes\n\n${EVERYTHING}\n`);
    const words = [
      'run',
      'email-campaign',
      '--model',
      'mill',
      '--approve-as',
      EVERYTHING.slice(0, 40),
    ];
    const ended = await phasegate(...words, '--input', brief, '--thread', 'bread');
    expect(model.asked.length).toBeGreaterThan(0);
    expect(ended.code).not.toBe(1);
    const failing = briefFile('failing.md', `${BRIEF}\n\nplease fail ${EVERYTHING}\n`);
    await phasegate(...words, '--input', failing, '--thread', 'failing');
    expect(found(model.asked.map(({ body }) => body).join('\n'))).toEqual([]);
    expect(found(logLines())).toEqual([]);
  },
  SLOW,
);

test(
  'neither the audit trail, its exports and receipts, nor what was sent for tracing holds any of them',
  async () => {
    const exports = [
      await ending(0, 'audit', 'export', '--format', 'jsonl'),
      await ending(0, 'audit', 'export', '--format', 'cloudevents'),
      await ending(0, 'audit', 'export', '--format', 'ocsf'),
      await ending(0, 'audit', 'show', 'three', '--json'),
    ];
    const receipt = join(folder, 'receipt.json');
    await ending(0, 'audit', 'receipt', 'three', '--out', receipt);
    const texts = [...exports.map(({ out }) => out), readFileSync(receipt, 'utf8'), auditText()];
    expect(found(texts.join('\n'), ALL)).toEqual([]);
    for (const path of ['/runs/', '/v1/traces'])
      expect(received.some((request) => request.startsWith(path))).toBe(true);
    expect(found(received.join('\n'), ALL)).toEqual([]);
    // The state keeps what no schema marks as sensitive: that is where they are, so they went through everything else.
    const state = textOf(join(folder, 'data'), (name) => name.startsWith('state.db'));
    expect(found(state, ALL)).toContain(NAME);
  },
  SLOW,
);
