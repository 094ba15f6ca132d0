import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { silentLogger, systemClock, type JsonValue } from '../../../kernel/index.ts';
import type { PluginHost, PluginPackage } from '../../contract/index.ts';
import { compileSchemas } from '../../executor/compile-schemas.ts';
import { createHost } from '../../host/index.ts';
import { httpConnectorWith } from './built-in/http-connector.ts';
import { webhookSenderWith } from './built-in/webhook-sender.ts';
import { createCarefulSender, DEFAULT_CARE } from './http/send-with-care.ts';
import { connectorFromOpenApi } from './index.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Reply = readonly [status: number, body?: JsonValue, headers?: Record<string, string>];

let server: Server;
let address: string;
let seen: Seen[];
let replies: Reply[];
let waits: number[];

beforeEach(async () => {
  [seen, replies, waits] = [[], [], []];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
  const [status, body = {}, more = {}] = replies.shift() ?? [200];
  response.writeHead(status, { 'content-type': 'application/json', ...more });
  response.end(JSON.stringify(body));
}

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const sender = (): ReturnType<typeof createCarefulSender> =>
  createCarefulSender(DEFAULT_CARE, {
    clock: { now: () => '2026-01-15T09:30:00.000Z', monotonicMs: () => 0 },
    wait: async (ms) => void waits.push(ms),
  });

function hostOf({ manifest }: PluginPackage): PluginHost {
  return createHost({
    plugin: manifest.id,
    limits: manifest.limits,
    layers: [{ name: 'manifest', permissions: manifest.permissions }],
    services: {
      clock: systemClock,
      logger: silentLogger,
      randomHex: () => '',
      secret: async (handle) => `secret-of-${handle}`,
      privateHosts: [address],
    },
    signal: AbortSignal.timeout(60_000),
  });
}

async function call(
  plugin: PluginPackage,
  operation: string,
  input: JsonValue,
): Promise<JsonValue> {
  const schemas = compileSchemas(plugin.manifest).get(operation);
  schemas?.demandInput(input);
  const output = (await plugin.module?.execute(operation, input, hostOf(plugin))) ?? null;
  schemas?.demandOutput(output);
  return output;
}

const document = {
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://orders.nordwind.example/v1' }],
  paths: {
    '/orders/{orderId}': {
      parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'getOrder',
        summary: 'Gets an order.',
        parameters: [{ $ref: '#/components/parameters/Fields' }],
        responses: {
          200: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
      },
      delete: { operationId: 'cancelOrder', responses: { 204: {} } },
    },
    '/orders': {
      post: {
        operationId: 'createOrder',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
        },
        responses: { 201: {} },
      },
    },
  },
  components: {
    parameters: {
      Fields: { name: 'fields', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
    },
    schemas: {
      Order: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          note: { type: 'string', nullable: true, example: 'x' },
          parent: { $ref: '#/components/schemas/Order' },
        },
      },
    },
  },
} as const;

const orders = (): PluginPackage =>
  connectorFromOpenApi({
    id: 'nordwind.orders',
    version: '1.0.0',
    publisher: 'nordwind',
    engines: { phasegate: '*' },
    document,
    baseUrl: `http://${address}/v1`,
    auth: { secret: 'orders-token' },
    sender: sender(),
  });

test('an OpenAPI document becomes operations with their schemas, effects and one host', () => {
  const { manifest } = orders();
  expect(manifest.permissions).toEqual({
    net: { hosts: [address], methods: ['GET', 'DELETE', 'POST'] },
    secrets: { handles: ['orders-token'] },
  });
  expect(
    manifest.contributes.operations.map(({ name, sideEffects, idempotent }) => [
      name,
      sideEffects,
      idempotent,
    ]),
  ).toEqual([
    ['get-order', false, true],
    ['cancel-order', true, true],
    ['create-order', true, false],
  ]);
});

test('its requests carry path, query and secret, and its answers are held against the document', async () => {
  replies = [
    [200, { id: 'a/b', note: null }],
    [200, { note: 'no id' }],
  ];
  const input = { path: { orderId: 'a/b?c' }, query: { fields: ['id', 'note'] } };
  expect(await call(orders(), 'get-order', input)).toEqual({
    status: 200,
    ok: true,
    body: { id: 'a/b', note: null },
  });
  expect(seen[0]).toMatchObject({
    method: 'GET',
    url: '/v1/orders/a%2Fb%3Fc?fields=id&fields=note',
    headers: { authorization: 'Bearer secret-of-orders-token' },
  });
  await expect(call(orders(), 'get-order', input)).rejects.toMatchObject({
    code: 'PLUGINS_SCHEMA_MISMATCH',
  });
});

test.each(['..', '.', ''])('a step of a path cannot be "%s"', async (orderId) => {
  await expect(call(orders(), 'get-order', { path: { orderId } })).rejects.toMatchObject({
    code: 'PLUGINS_SCHEMA_MISMATCH',
  });
  expect(seen).toEqual([]);
});

test('asks again after a passing failure, and waits as long as it is told, within bounds', async () => {
  replies = [
    [503, {}, { 'retry-after': '1' }],
    [429, {}, { 'retry-after': '3600' }],
    [200, { id: '1' }],
  ];
  const input = { path: { orderId: '1' } };
  expect(await call(orders(), 'get-order', input)).toMatchObject({ ok: true });
  expect(seen).toHaveLength(3);
  expect(waits).toEqual([1000, 2000]);
});

test('sends what may not be repeated once, whatever comes back', async () => {
  replies = [[503], [201]];
  const made = await call(orders(), 'create-order', { body: { id: '1' } });
  expect(made).toMatchObject({ status: 503, ok: false });
  expect(seen).toHaveLength(1);
});

test('gives up after three attempts, and tells what came back', async () => {
  replies = [[500], [502], [504, { why: 'tired' }]];
  const input = { path: { orderId: '1' } };
  expect(await call(orders(), 'get-order', input)).toEqual({
    status: 504,
    ok: false,
    body: { why: 'tired' },
  });
});

test('lets no more than a burst through at once', async () => {
  const bounded = createCarefulSender(
    { ...DEFAULT_CARE, perSecond: 2 },
    {
      clock: { now: () => '2026-01-15T09:30:00.000Z', monotonicMs: () => 0 },
      wait: async (ms) => void waits.push(ms),
    },
  );
  const host = { fetch: async () => ({ status: 200, headers: {}, body: '' }) } as never;
  const request = { url: 'https://a.example/' };
  await Promise.all([1, 2, 3, 4].map(() => bounded.send(host, request, true)));
  expect(waits).toEqual([500, 1000]);
});

test('the HTTP connector sends its secret to the one host that was named', async () => {
  const plugin = httpConnectorWith(sender);
  const url = `http://${address}/things`;
  await plugin.module?.initialize?.({ auth: { host: address } }, {} as never);
  await call(plugin, 'get', { url, query: { q: 'a b' } });
  await plugin.module?.initialize?.({ auth: { host: 'other.example' } }, {} as never);
  await call(plugin, 'send', { method: 'POST', url, json: { a: 1 }, idempotencyKey: 'key-00001' });
  expect(seen.map(({ url: path, headers }) => [path, headers.authorization])).toEqual([
    ['/things?q=a+b', 'Bearer secret-of-http-connector'],
    ['/things', undefined],
  ]);
  expect(seen[1]).toMatchObject({ body: '{"a":1}', headers: { 'idempotency-key': 'key-00001' } });
});

test('the outbox is delivered in order, with a key each, up to what is not taken', async () => {
  const plugin = webhookSenderWith({
    send: async (host, request, repeatable) =>
      await sender().send(host, { ...request, url: `http://${address}/hook` }, repeatable),
  });
  const message = (id: string): JsonValue => ({
    id,
    type: 'order.approved',
    source: '/orders',
    time: '2026-01-15T09:30:00Z',
    data: { id },
  });
  replies = [[202], [503], [202], [410], [202]];
  const messages = ['event-01', 'event-02', 'event-03', 'event-04'].map(message);
  const flushed = await call(plugin, 'flush', { url: 'https://hooks.nordwind.example/', messages });
  expect(flushed).toEqual({
    delivered: ['event-01', 'event-02'],
    remaining: ['event-03', 'event-04'],
    stoppedBy: 410,
  });
  expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual([
    'event-01',
    'event-02',
    'event-02',
    'event-03',
  ]);
  expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ specversion: '1.0', id: 'event-01' });
});
