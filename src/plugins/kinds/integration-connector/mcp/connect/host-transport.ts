import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { JSONRPCMessageSchema, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

import type { HostRequest, HostResponse, PluginHost } from '../../../../contract/index.ts';

/** Where a server is, and what is shown to it. */
export interface HttpPlace {
  readonly url: string;
  readonly secret?: string | undefined;
}

/**
 * Streamable HTTP through the host of one call: addresses, redirects, permissions, secrets, sizes and the end of the call are
 * the host's to watch. Each request is answered whole, as JSON or as a stream of events that ends.
 *
 * @see Model Context Protocol 2025-11-25, basic/transports
 */
export class HostTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #host: PluginHost;
  readonly #place: HttpPlace;
  #session: string | undefined;
  #protocol: string | undefined;

  constructor(host: PluginHost, place: HttpPlace) {
    this.#host = host;
    this.#place = place;
  }

  async start(): Promise<void> {
    // The first message opens the session.
  }

  setProtocolVersion(version: string): void {
    this.#protocol = version;
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const response = await this.#host.fetch({
      ...this.#request('POST'),
      body: JSON.stringify(message),
    });
    this.#session ??= response.headers['mcp-session-id'];
    if (response.status >= 400) throw new HttpStatusError(response.status);
    for (const given of messagesIn(response)) this.onmessage?.(given);
  }

  async close(): Promise<void> {
    if (this.#session !== undefined) {
      try {
        await this.#host.fetch(this.#request('DELETE'));
      } catch {
        // A session that cannot be ended is ended by the server, in its own time.
      }
    }
    this.onclose?.();
  }

  #request(method: 'POST' | 'DELETE'): HostRequest {
    const { url, secret } = this.#place;
    return {
      url,
      method,
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...(this.#session === undefined ? {} : { 'mcp-session-id': this.#session }),
        ...(this.#protocol === undefined ? {} : { 'mcp-protocol-version': this.#protocol }),
      },
      ...(secret === undefined ? {} : { auth: { secret } }),
    };
  }
}

/** The server refused a request. */
export class HttpStatusError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The server answered with ${status}.`);
    this.status = status;
  }
}

/** What is no message is left out: who waits for one learns from the time that none came. */
function messagesIn({ headers, body }: HostResponse): readonly JSONRPCMessage[] {
  const isStream = /^text\/event-stream\b/i.test(headers['content-type'] ?? '');
  const texts = isStream ? eventsIn(body) : [body];
  return texts.flatMap((text) => {
    const parsed = JSONRPCMessageSchema.safeParse(jsonIn(text));
    return parsed.success ? [parsed.data] : [];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The data of each event. @see WHATWG HTML, 9.2.6 */
function eventsIn(body: string): readonly string[] {
  return body.split(/\r\n\r\n|\n\n|\r\r/).flatMap((event) => {
    const data = event
      .split(/\r\n|\n|\r/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).replace(/^ /, ''));
    return data.length === 0 ? [] : [data.join('\n')];
  });
}
