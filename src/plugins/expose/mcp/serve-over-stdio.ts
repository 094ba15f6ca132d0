import type { Readable, Writable } from 'node:stream';

import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

import type { McpServer } from './open-mcp-server.ts';

/** The streams of the process that a client has started. */
export interface StdioOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Ends the serving; calls under way are cancelled. */
  readonly signal: AbortSignal;
}

/** Serves one client over standard input and output until it closes its end; what it has asked by then is still answered. */
export async function serveOverStdio(
  mcp: McpServer,
  { input, output, signal }: StdioOptions,
): Promise<void> {
  const transport = new CountingTransport(input, output);
  const { closed } = await mcp.connect(transport);
  const close = (): void => {
    // Closing twice is closing once.
    transport.close().catch(() => undefined);
  };
  input.once('end', () => transport.whenAnswered(close));
  input.once('close', () => transport.whenAnswered(close));
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  await closed;
}

/** Knows which requests have not been answered. */
class CountingTransport extends StdioServerTransport {
  readonly #asked = new Set<string | number>();
  #then: (() => void) | undefined;

  override async start(): Promise<void> {
    const deliver = this.onmessage;
    // The SDK's transports have callbacks and no events.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener
    this.onmessage = (message: JSONRPCMessage) => {
      if ('method' in message && 'id' in message) this.#asked.add(message.id);
      // A cancelled request gets no answer.
      if ('method' in message && message.method === 'notifications/cancelled')
        this.#forget(message.params?.['requestId']);
      deliver?.(message);
    };
    await super.start();
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message);
    if ('method' in message || !('id' in message)) return;
    this.#forget(message.id);
  }

  /** Calls `then` once nothing is left to answer. */
  whenAnswered(then: () => void): void {
    this.#then = then;
    this.#forget(undefined);
  }

  #forget(id: unknown): void {
    if (typeof id === 'string' || typeof id === 'number') this.#asked.delete(id);
    if (this.#asked.size === 0) this.#then?.();
  }
}
