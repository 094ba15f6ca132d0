import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { silentLogger, systemClock, type Facts, type Logger } from '../../kernel/index.ts';
import { NO_USAGE } from '../../state/index.ts';
import type { ChatModelSettings } from '../chat-model-settings.ts';
import { createChatModel } from '../create-chat-model.ts';
import type { Model, StructuredReply } from '../port.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const Note = z.object({ text: z.string() });
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts a server on a port of its own, and gives its base URL. */
async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.custom<AddressInfo>().parse(server.address());
  return `http://127.0.0.1:${port}/v1`;
}

function settings(baseUrl: string, changes: Partial<ChatModelSettings> = {}): ChatModelSettings {
  return {
    provider: 'local',
    model: 'mock-model',
    baseUrl,
    apiKey: 'key-1234',
    structuredMethod: 'json_schema',
    timeoutMs: 60_000,
    price: { inputUsdPerMillion: 1, outputUsdPerMillion: 10 },
    budget: { maxTokens: 100_000, maxCostUsd: 1 },
    ...changes,
  };
}

function ask(
  model: Model,
  signal = new AbortController().signal,
): Promise<StructuredReply<z.infer<typeof Note>>> {
  return model.structured(
    { name: 'note', schema: Note, system: 'Write.', user: 'A note.', signal },
    NO_USAGE,
  );
}

function says(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function completion(message: object, more: object = {}): unknown {
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } };
  return { id: 'one', model: 'mock-model', choices: [{ ...choice, ...more }] };
}

describe('cancelling', () => {
  test.each([
    ['before the server answers', () => undefined],
    [
      'in the middle of a body',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"choices": [');
      },
    ],
  ])('%s closes the connection and rejects with the reason of the caller', async (_when, begin) => {
    const caller = new AbortController();
    const reason = new Error('The person left.');
    const sockets = new EventEmitter();
    const closed = once(sockets, 'closed');
    const baseUrl = await serve((request, response) => {
      request.socket.once('close', () => sockets.emit('closed', response.writableFinished));
      begin(response);
      setTimeout(() => caller.abort(reason), 50);
    });
    await expect(ask(createChatModel(settings(baseUrl)), caller.signal)).rejects.toBe(reason);
    await expect(closed).resolves.toEqual([false]);
  });

  test('without an error as reason rejects with an AbortError', async () => {
    const caller = new AbortController();
    const baseUrl = await serve(() => caller.abort('left'));
    await expect(ask(createChatModel(settings(baseUrl)), caller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  test('beforehand sends nothing', async () => {
    let requests = 0;
    const baseUrl = await serve(() => (requests += 1));
    await expect(
      ask(createChatModel(settings(baseUrl)), AbortSignal.abort()),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests).toBe(0);
  });
});

test('the time limit closes the connection, and the prompt counts as spent', async () => {
  const sockets = new EventEmitter();
  const closed = once(sockets, 'closed');
  const baseUrl = await serve((request) =>
    request.socket.once('close', () => sockets.emit('closed')),
  );
  const error: unknown = await ask(createChatModel(settings(baseUrl, { timeoutMs: 50 }))).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ code: 'MODEL_TIMEOUT', usage: { calls: 1, outputTokens: 0 } });
  expect(
    z.object({ usage: z.object({ inputTokens: z.int().min(10) }) }).safeParse(error).success,
  ).toBe(true);
  await closed;
});

describe('a server', () => {
  test('that nobody started is unreachable', async () => {
    const baseUrl = await serve(() => undefined);
    servers.at(-1)?.close();
    await expect(ask(createChatModel(settings(baseUrl)))).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      retryable: true,
      usage: { calls: 1, inputTokens: 0 },
    });
  });

  test('that breaks off in the middle of a body is unreachable', async () => {
    const baseUrl = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 5000 });
      response.write('{"choices": [');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(ask(createChatModel(settings(baseUrl)))).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
    });
  });

  test.each([
    ['a web page', 'text/html', '<html></html>'],
    ['another JSON', 'application/json', '{"status":"ok"}'],
    ['no choices', 'application/json', '{"choices":[]}'],
    ['nothing', 'application/json', ''],
  ])('that sends %s has sent no chat completion', async (_what, type, body) => {
    const baseUrl = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': type });
      response.end(body);
    });
    await expect(ask(createChatModel(settings(baseUrl)))).rejects.toMatchObject({
      code: 'MODEL_SERVER_ERROR',
      retryable: true,
    });
  });

  test('that redirects elsewhere does not get the prompt carried there', async () => {
    let elsewhere = 0;
    const other = await serve(() => (elsewhere += 1));
    const baseUrl = await serve((_request, response) => {
      response.writeHead(307, { location: `${other}/chat/completions` });
      response.end();
    });
    await expect(ask(createChatModel(settings(baseUrl)))).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
    });
    expect(elsewhere).toBe(0);
  });

  test('that counts no tokens has them estimated from above, and the log says so', async () => {
    const events: [string, Facts | undefined][] = [];
    const logger: Logger = {
      ...silentLogger,
      warn: (event, facts) => events.push([event, facts]),
      child: () => logger,
    };
    const baseUrl = await serve((_request, response) =>
      says(response, completion({ content: '{"text":"Hello"}' })),
    );
    const reply = await ask(createChatModel(settings(baseUrl), { clock: systemClock, logger }));
    expect(reply.usage.inputTokens).toBeGreaterThan(10);
    expect(reply.usage.outputTokens).toBeGreaterThan(5);
    expect(events).toEqual([
      ['model-usage-estimated', expect.objectContaining({ estimated: true })],
    ]);
  });

  test.each([
    ['the model refuses', completion({ content: null, refusal: 'I cannot.' }), 'model'],
    [
      'the content filter stops it',
      completion({ content: '{"te' }, { finish_reason: 'content_filter' }),
      'content-filter',
    ],
  ])('where %s gives an error of its own, without repair', async (_what, answer, by) => {
    let requests = 0;
    const baseUrl = await serve((_request, response) => {
      requests += 1;
      says(response, answer);
    });
    await expect(ask(createChatModel(settings(baseUrl)))).rejects.toMatchObject({
      code: 'MODEL_REFUSED',
      retryable: false,
      details: { by },
    });
    expect(requests).toBe(1);
  });
});

describe('the key', () => {
  test('is revealed when a call is made, not before', async () => {
    let revealed = 0;
    const seen: (string | undefined)[] = [];
    const baseUrl = await serve((request, response) => {
      seen.push(request.headers.authorization);
      says(response, completion({ content: '{"text":"Hello"}' }));
    });
    const apiKey = (): string => `key-${(revealed += 1)}`;
    const model = createChatModel(settings(baseUrl, { apiKey }));
    expect(revealed).toBe(0);
    await ask(model);
    expect(seen).toEqual(['Bearer key-1']);
    expect(JSON.stringify(model)).not.toContain('key-');
  });

  test("travels as Azure's classic API wants it, with the version of the API", async () => {
    const seen: unknown[] = [];
    const baseUrl = await serve((request, response) => {
      const { authorization, 'api-key': key } = request.headers;
      seen.push([request.url, key, authorization]);
      says(response, completion({ content: '{"text":"Hello"}' }));
    });
    await ask(createChatModel(settings(baseUrl, { azureApiVersion: '2024-10-21' })));
    expect(seen).toEqual([['/v1/chat/completions?api-version=2024-10-21', 'key-1234', undefined]]);
  });

  test("may be missing, as at a server of one's own", async () => {
    const baseUrl = await serve((_request, response) =>
      says(response, completion({ content: '{"text":"Hello"}' })),
    );
    const reply = await ask(createChatModel(settings(baseUrl, { apiKey: '' })));
    expect(reply.value).toEqual({ text: 'Hello' });
  });
});
