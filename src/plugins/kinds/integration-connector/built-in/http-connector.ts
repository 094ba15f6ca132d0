import { z } from 'zod';

import type { JsonValue } from '../../../../kernel/index.ts';
import { definePlugin, type HostRequest, type PluginPackage } from '../../../contract/index.ts';
import { jsonSchema, pureOperation } from '../../operation.ts';
import { createCarefulSender, DEFAULT_CARE, type CarefulSender } from '../http/send-with-care.ts';

const HANDLE = 'http-connector';

/** What an operator sets. */
const Settings = z.strictObject({
  /** The one host to which the secret `http-connector` is sent; none unless told. */
  auth: z
    .strictObject({
      host: z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/),
      header: z.string().max(64).optional(),
      scheme: z.string().max(64).optional(),
    })
    .optional(),
  maxAttempts: z.int().min(1).max(5).default(DEFAULT_CARE.maxAttempts),
  perSecond: z.number().positive().max(1000).default(DEFAULT_CARE.perSecond),
});
type Settings = z.infer<typeof Settings>;

const Url = z
  .string()
  .max(4096)
  .regex(/^https?:\/\//);
const Headers = z.record(z.string(), z.string()).optional();
const Query = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional();
const Get = z.strictObject({ url: Url, query: Query, headers: Headers });
const Send = z.strictObject({
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  url: Url,
  query: Query,
  headers: Headers,
  json: z.json().optional(),
  /** Makes a request that may be repeated of one that may not, where the other side knows keys. */
  idempotencyKey: z.string().min(8).max(128).optional(),
});
const Answer = z.strictObject({
  status: z.int(),
  /** JSON where the other side says that it is, text otherwise. */
  body: z.json(),
  contentType: z.string(),
  attempts: z.int().positive(),
});

/** Makes the connector with a sender of one's own, such as one that does not really wait. */
export function httpConnectorWith(senderFor: (settings: Settings) => CarefulSender): PluginPackage {
  let settings = Settings.parse({});
  let sender = senderFor(settings);
  return definePlugin({
    manifest: MANIFEST,
    initialize: (config) => {
      settings = Settings.parse(config);
      sender = senderFor(settings);
    },
    execute: async (operation, input, host) => {
      const { request, repeatable } = operation === 'get' ? getOf(input) : sendOf(input);
      const { response, attempts } = await sender.send(
        host,
        withAuth(request, settings.auth),
        repeatable,
      );
      const contentType = response.headers['content-type'] ?? '';
      const body = bodyOf(response.body, contentType);
      return { status: response.status, body, contentType, attempts };
    },
  });
}

interface Planned {
  readonly request: HostRequest;
  readonly repeatable: boolean;
}

function getOf(input: JsonValue): Planned {
  const { url, query, headers = {} } = Get.parse(input);
  return { request: { method: 'GET', url: withQuery(url, query), headers }, repeatable: true };
}

function sendOf(input: JsonValue): Planned {
  const { method, url, query, headers = {}, json, idempotencyKey } = Send.parse(input);
  const keyed = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  const typed = json === undefined ? {} : { 'content-type': 'application/json' };
  const request = {
    method,
    url: withQuery(url, query),
    headers: { ...headers, ...typed, ...keyed },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  };
  // RFC 9110, 9.2.2: PUT and DELETE may be repeated.
  const repeatable = method === 'PUT' || method === 'DELETE' || idempotencyKey !== undefined;
  return { request, repeatable };
}

/** The secret goes to the one host that the operator named, and to no other. */
function withAuth(request: HostRequest, auth: Settings['auth']): HostRequest {
  if (auth === undefined || new URL(request.url).host !== auth.host) return request;
  const { header, scheme } = auth;
  const named = {
    secret: HANDLE,
    ...(header === undefined ? {} : { header }),
    ...(scheme === undefined ? {} : { scheme }),
  };
  return { ...request, auth: named };
}

const MANIFEST = {
  id: 'phasegate.http-connector',
  version: '1.0.0',
  kind: 'integration-connector',
  title: 'HTTP connector',
  description: 'Gets and sends over HTTP, with auth handles, repeated attempts and a bounded rate.',
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  permissions: {
    net: { hosts: ['*'], methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
    secrets: { handles: [HANDLE] },
  },
  limits: { wallMs: 60_000, outputKb: 4096 },
  config: jsonSchema(Settings),
  contributes: {
    operations: [
      pureOperation('get', 'Gets a resource over HTTP.', {
        input: Get,
        output: Answer,
        examples: [{ url: 'https://api.nordwind.example/orders', query: { open: true } }],
      }),
      {
        ...pureOperation('send', 'Sends a request that changes something over HTTP.', {
          input: Send,
          output: Answer,
          examples: [
            {
              method: 'POST',
              url: 'https://api.nordwind.example/orders',
              json: { item: 'A-1', pieces: 2 },
              idempotencyKey: 'order-2026-0001',
            },
          ],
        }),
        sideEffects: true,
        idempotent: false,
      },
    ],
  },
} as const;

/** A connector for any HTTP interface; which hosts it reaches is for the operator's grant to say. */
export const httpConnector = httpConnectorWith(({ maxAttempts, perSecond }) =>
  createCarefulSender({ ...DEFAULT_CARE, maxAttempts, perSecond }),
);

function withQuery(url: string, query: z.infer<typeof Query>): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(query ?? {}))
    whole.searchParams.append(name, String(value));
  return whole.href;
}

function bodyOf(body: string, contentType: string): JsonValue {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType)) return body;
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    // What says that it is JSON and is not is given as the text that it is.
    return body;
  }
}
