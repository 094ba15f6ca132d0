import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

import { expect, test, vi } from 'vitest';

import { startStudio } from './start-studio.ts';
import { StudioClient } from './studio-client.ts';

// The test starts a server of its own.
vi.setConfig({ testTimeout: 300_000 });

/** A LangSmith that writes down what it is told. */
async function startListener() {
  const bodies: string[] = [];
  const record = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await buffer(request);
    const packed = request.headers['content-encoding'] === 'gzip';
    bodies.push((packed ? gunzipSync(raw) : raw).toString('utf8'));
    response.writeHead(request.method === 'GET' ? 200 : 202).end('{}');
  };
  const server = createServer((request, response) => void record(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    told: () => bodies.join('\n'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a traced run tells LangSmith its phases, and nothing of what it is about', async () => {
  await using listener = await startListener();
  await using studio = await startStudio({
    graphs: { letters: './test/integration/studio/letters-graph.ts:graph' },
    environment: {
      LANGSMITH_TRACING: 'true',
      LANGSMITH_API_KEY: 'not-a-key',
      LANGSMITH_ENDPOINT: listener.url,
    },
  });
  const letters = new StudioClient(studio.url, 'letters');
  const thread = await letters.thread();
  await letters.run(thread, {
    input: { input: { text: 'to Canaria with canaries' } },
    // A caller that asks for a project gets a tracer from the server itself.
    config: { configurable: { langsmith_project: 'canary-project' } },
  });
  await letters.answer(thread, { decision: 'approve', comment: 'The canary may sing.' });
  expect(await letters.standing(thread)).toMatchObject({ status: 'completed' });

  await vi.waitFor(() => expect(listener.told()).toContain('"confirm"'), { timeout: 120_000 });
  for (const phase of ['notes', 'plan', 'write']) expect(listener.told()).toContain(`"${phase}"`);
  expect(listener.told()).not.toMatch(/canar/i);
});
