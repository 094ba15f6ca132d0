import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { RunnableLambda } from '@langchain/core/runnables';
import { afterEach, expect, test } from 'vitest';

import { silentLogger } from '../kernel/index.ts';
import { openOtlpTracing } from './index.ts';

const CANARY = 'Quillon Vantreese 536-22-4471';
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function collector(): Promise<{ url: string; bodies: string[]; headers: unknown[] }> {
  const bodies: string[] = [];
  const headers: unknown[] = [];
  const keep = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    bodies.push(await text(request));
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  };
  const server = createServer((request, response) => {
    headers.push(request.headers.authorization);
    void keep(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1/traces`, bodies, headers };
}

/** A run that carries the canary in everything that callers and agents write. */
async function run(callbacks: Awaited<ReturnType<typeof openOtlpTracing>>['callbacks']) {
  const inner = RunnableLambda.from((input: string) => {
    if (input.startsWith('fail')) throw new Error(CANARY);
    return input;
  }).withConfig({ runName: 'draft' });
  const outer = RunnableLambda.from(async (input: string, config) => inner.invoke(input, config));
  const config = {
    callbacks,
    runName: 'campaign',
    tags: [CANARY],
    metadata: { note: CANARY },
    configurable: { note: CANARY },
  };
  await outer.invoke(CANARY, config);
  await outer.invoke(`fail ${CANARY}`, { ...config, runName: CANARY }).catch(() => undefined);
}

test('sends spans of ids, times, types and names, and nothing of what a run is about', async () => {
  const { url, bodies, headers } = await collector();
  const authorization = { reveal: () => 'Bearer key-1' };
  const tracing = await openOtlpTracing(
    { enabled: true, endpoint: url, authorization },
    silentLogger,
  );
  await run(tracing.callbacks);
  await tracing.flush(30_000);
  const sent = bodies.join('');
  for (const name of ['campaign', 'draft', '[hidden]', 'phasegate.run.type'])
    expect(sent).toContain(name);
  expect(sent).not.toMatch(/Vantreese|536-22|note/);
  expect(sent).toMatch(/"code":2/);
  expect(sent).toMatch(/"parentSpanId":"[0-9a-f]{16}"/);
  expect(headers).toContain('Bearer key-1');
});

test('is off unless told', async () => {
  const tracing = await openOtlpTracing({ enabled: false }, silentLogger);
  expect(tracing.callbacks).toEqual([]);
  await tracing.flush(1);
});

test('a collector that is gone harms no run, and the flush ends', async () => {
  const { url } = await collector();
  const [server] = servers.splice(0);
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  const settings = { enabled: true, endpoint: url, requestTimeoutMs: 200 } as const;
  const tracing = await openOtlpTracing(settings, silentLogger);
  await run(tracing.callbacks);
  expect(await tracing.flush(1_000)).toBeUndefined();
});
