import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { afterEach, expect, test, vi } from 'vitest';

// Every test starts a process of its own.
vi.setConfig({ testTimeout: 240_000 });

const CANARY = 'canary7f3a';
const KEY = 'ls-key-5d1e';
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A LangSmith that writes down what arrives. */
interface Listener {
  readonly url: string;
  readonly requests: { readonly path: string; readonly key: unknown; readonly body: string }[];
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const accept: Answer = (request, response) => {
  response.statusCode = request.url === '/info' ? 200 : 202;
  response.end('{}');
};

async function listen(answer: Answer = accept): Promise<Listener> {
  const requests: Listener['requests'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
      requests.push({
        path: request.url ?? '',
        key: request.headers['x-api-key'],
        body: body.toString('utf8'),
      });
      answer(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** A graph whose every channel to the outside carries the canary: input, output, error, tags, metadata, thread. */
const GRAPH = `
  import { Annotation, StateGraph, START, END, interrupt, MemorySaver } from '@langchain/langgraph';
  import { FakeListChatModel } from '@langchain/core/utils/testing';
  const State = Annotation.Root({ text: Annotation });
  const model = new FakeListChatModel({ responses: ['${CANARY} answer'] });
  const graph = new StateGraph(State)
    .addNode('draft', async ({ text }, config) => ({ text: text + (await model.invoke(text, config)).content }))
    .addNode('broken', () => { throw new Error('${CANARY} broke'); })
    .addEdge(START, 'draft').addEdge('draft', 'broken').addEdge('broken', END)
    .compile({ checkpointer: new MemorySaver() });
  console.log('loaded');
  const run = (callbacks) => graph.invoke({ text: '${CANARY} brief' }, {
    ...(callbacks === undefined ? {} : { callbacks }),
    runName: 'the ${CANARY} run',
    tags: ['${CANARY}'], metadata: { note: '${CANARY}' },
    configurable: { thread_id: '${CANARY}-thread', secret: '${CANARY}' },
  }).catch(() => undefined);
`;

const TRACED = `
  import { langsmithSettings } from './src/config/index.ts';
  import { createLogger, createTracing } from './src/observability/index.ts';
  const settings = langsmithSettings();
  const tracing = createTracing({ ...settings, requestTimeoutMs: 90_000 }, createLogger({ level: 'warn' }));
`;

interface Outcome {
  readonly exitCode: number | null;
  /** From the moment at which the script had loaded everything. */
  readonly durationMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script in a process of its own, with LangSmith's variables pointing to `endpoint`. */
async function runScript(script: string, endpoint: string): Promise<Outcome> {
  let started = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      LANGSMITH_TRACING: 'true',
      LANGSMITH_API_KEY: KEY,
      LANGSMITH_ENDPOINT: endpoint,
      LANGSMITH_PROJECT: 'campaigns',
      LANGSMITH_NOTE: CANARY,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (stdout === '') started = performance.now();
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, durationMs: performance.now() - started, stdout, stderr };
}

const DELIVERED_RUN = `await run(tracing.callbacks); await tracing.flush(15_000);`;
const PRINT_TIMES = `console.log(JSON.stringify({ runMs, flushMs: performance.now() - flushStarted }));`;
const TIMED_RUN = `
  const runStarted = performance.now();
  await run(tracing.callbacks);
  const runMs = performance.now() - runStarted;
  const flushStarted = performance.now();
  await tracing.flush(1500);
  ${PRINT_TIMES}
`;

test('posts the shape of a run and nothing that it was about', async () => {
  const listener = await listen();
  const outcome = await runScript(`${TRACED}${GRAPH}${DELIVERED_RUN}`, listener.url);
  expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  const posted = listener.requests.filter(({ path }) => path.startsWith('/runs'));
  const everything = JSON.stringify(listener.requests);
  expect(posted.length).toBeGreaterThan(0);
  expect(posted.every(({ key }) => key === KEY)).toBe(true);
  for (const name of ['draft', 'broken', 'FakeListChatModel', 'campaigns', '[hidden]']) {
    expect(everything).toContain(name);
  }
  expect(everything).not.toContain(CANARY);
});

test("would find the canary, had LangChain's own tracer been at work", async () => {
  const listener = await listen();
  await runScript(
    `${GRAPH} await run(); await new Promise((done) => setTimeout(done, 800));`,
    listener.url,
  );
  expect(JSON.stringify(listener.requests)).toContain(CANARY);
});

test("keeps LangChain's own tracer from sending what is called without our callbacks", async () => {
  const listener = await listen();
  const script = `${TRACED}${GRAPH} await run(); await tracing.flush(15_000);`;
  const outcome = await runScript(script, listener.url);
  expect(outcome.exitCode).toBe(0);
  expect(outcome.stderr).toContain('"event":"tracing-refused"');
  expect(outcome.stderr).not.toContain(CANARY);
  expect(listener.requests.filter(({ path }) => path.startsWith('/runs'))).toEqual([]);
});

test('falls back to the older interface of a server that has no other', async () => {
  const listener = await listen((request, response) => {
    if (request.url === '/runs/multipart') response.statusCode = 404;
    response.end('{}');
  });
  await runScript(`${TRACED}${GRAPH}${DELIVERED_RUN}`, listener.url);
  expect(listener.requests.some(({ path }) => path === '/runs/batch')).toBe(true);
  expect(JSON.stringify(listener.requests)).not.toContain(CANARY);
});

const hang: Answer = () => undefined;
const fail: Answer = (_request, response) => {
  response.statusCode = 500;
  response.end(CANARY);
};
const tooMany: Answer = (_request, response) => {
  response.statusCode = 429;
  response.setHeader('retry-after', '60');
  response.end();
};

/** An address at which nobody listens any more. */
async function closedPort(): Promise<string> {
  const { url } = await listen();
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  return url;
}

test.each([
  ['never answers', async () => (await listen(hang)).url],
  ['answers with errors', async () => (await listen(fail)).url],
  ['asks to come back in a minute', async () => (await listen(tooMany)).url],
  ['refuses the connection', closedPort],
])('neither slows nor holds a run when the server %s', async (_what, open) => {
  const outcome = await runScript(`${TRACED}${GRAPH}${TIMED_RUN}`, await open());
  const times = JSON.parse(outcome.stdout.replace('loaded', '')) as {
    runMs: number;
    flushMs: number;
  };
  expect(outcome.exitCode).toBe(0);
  // One request that were waited for would take 90,000 ms.
  expect(times.runMs).toBeLessThan(60_000);
  expect(times.flushMs).toBeLessThan(60_000);
  expect(outcome.durationMs).toBeLessThan(60_000);
  expect(outcome.stderr).toMatch(/tracing-(failed|flush-cut)/);
  expect(outcome.stderr).not.toContain(CANARY);
  for (const line of outcome.stderr.trim().split('\n'))
    expect(() => JSON.parse(line)).not.toThrow();
});

test('lets a process end soon that never flushes', async () => {
  const { url } = await listen(hang);
  const script = `${TRACED.replace('90_000', '1000')}${GRAPH} await run(tracing.callbacks);`;
  const outcome = await runScript(script, url);
  expect(outcome.exitCode).toBe(0);
  // LangSmith's client alone would try again for minutes.
  expect(outcome.durationMs).toBeLessThan(60_000);
});
