import { z } from 'zod';

import type { JsonValue } from '../../../../kernel/index.ts';
import { definePlugin, type PluginHost, type PluginPackage } from '../../../contract/index.ts';
import { pureOperation } from '../../operation.ts';
import { createCarefulSender, type CarefulSender } from '../http/send-with-care.ts';

const Message = z.strictObject({
  /** Names the event for good: who gets it twice knows it by this. */
  id: z.string().min(8).max(128),
  /** `order.created`. */
  type: z.string().min(1).max(128),
  /** Where it comes from: a URI reference. */
  source: z.string().min(1).max(256),
  /** ISO-8601 UTC. */
  time: z.iso.datetime(),
  data: z.json(),
});
type Message = z.infer<typeof Message>;

const Url = z
  .string()
  .max(4096)
  .regex(/^https:\/\//);
const Deliver = z.strictObject({
  url: Url,
  message: Message,
  withSecret: z.boolean().default(true),
});
const Flush = z.strictObject({
  url: Url,
  /** The outbox, oldest first. */
  messages: z.array(Message).max(100),
  withSecret: z.boolean().default(true),
});
const Delivered = z.strictObject({
  status: z.int(),
  delivered: z.boolean(),
  attempts: z.int().positive(),
});
const Flushed = z.strictObject({
  /** Ids of what was taken; the outbox may forget them. */
  delivered: z.array(z.string()),
  /** Ids of what is still to be sent, in order. */
  remaining: z.array(z.string()),
  /** The answer to the first one that was not taken. */
  stoppedBy: z.int().optional(),
});

const EXAMPLE: Message = {
  id: 'evt-2026-000017',
  type: 'order.approved',
  source: '/orders/1001',
  time: '2026-01-15T09:30:00Z',
  data: { order: 1001, total: 12_550 },
};
const URL_EXAMPLE = 'https://hooks.nordwind.example/phasegate';

/** Makes the sender with requests that are sent by `sender`. */
export function webhookSenderWith(sender: CarefulSender): PluginPackage {
  const deliver = async (
    host: PluginHost,
    { url, message, withSecret }: z.infer<typeof Deliver>,
  ): Promise<z.infer<typeof Delivered>> => {
    const request = {
      url,
      method: 'POST' as const,
      // CloudEvents 1.0, HTTP binding in structured mode.
      headers: {
        'content-type': 'application/cloudevents+json',
        'idempotency-key': message.id,
      },
      body: JSON.stringify({ specversion: '1.0', datacontenttype: 'application/json', ...message }),
      ...(withSecret ? { auth: { secret: HANDLE } } : {}),
    };
    const { response, attempts } = await sender.send(host, request, true);
    const { status } = response;
    return { status, delivered: status >= 200 && status < 300, attempts };
  };
  return definePlugin({
    manifest: {
      ...MANIFEST,
      contributes: {
        operations: [
          effect('deliver', 'Delivers one event to a webhook.', {
            input: Deliver,
            output: Delivered,
            examples: [{ url: URL_EXAMPLE, message: EXAMPLE }],
          }),
          effect('flush', 'Delivers an outbox in order, and stops at what is not taken.', {
            input: Flush,
            output: Flushed,
            examples: [{ url: URL_EXAMPLE, messages: [EXAMPLE] }],
          }),
        ],
      },
    },
    execute: async (operation, input, host) => {
      if (operation === 'deliver') return await deliver(host, Deliver.parse(input));
      const { messages, ...to } = Flush.parse(input);
      const ids = messages.map(({ id }) => id);
      for (const [index, message] of messages.entries()) {
        // In order: what comes later may rest on what came before.
        // oxlint-disable-next-line no-await-in-loop
        const { delivered, status } = await deliver(host, { ...to, message });
        if (!delivered)
          return { delivered: ids.slice(0, index), remaining: ids.slice(index), stoppedBy: status };
      }
      const done: JsonValue = { delivered: ids, remaining: [] };
      return done;
    },
  });
}

const HANDLE = 'webhook-sender';
const MANIFEST = {
  id: 'phasegate.webhook-sender',
  version: '1.0.0',
  kind: 'integration-connector',
  title: 'Webhook sender',
  description: 'Hands events to webhooks as CloudEvents, with a key by which repeats are known.',
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  permissions: {
    net: { hosts: ['*'], methods: ['POST'] },
    secrets: { handles: [HANDLE] },
  },
  limits: { wallMs: 120_000, hostCalls: 600 },
} as const;

/** Hands events to webhooks; repeated attempts carry the same key. */
export const webhookSender = webhookSenderWith(createCarefulSender());

function effect(...given: Parameters<typeof pureOperation>): ReturnType<typeof pureOperation> {
  // The key goes with the request: to call it again changes nothing more where the other side keeps keys.
  return { ...pureOperation(...given), sideEffects: true, idempotent: true };
}
