import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolResultSchema,
  ListToolsResultSchema,
  ToolListChangedNotificationSchema,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';

/** What a connection may take. */
export interface ConnectionLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** A connection to a server. */
export interface Connection {
  /** The tools as they are now: asked again once the server has said that they changed. */
  tools(limits: ConnectionLimits): Promise<readonly Tool[]>;
  call(
    tool: string,
    args: Readonly<Record<string, unknown>>,
    limits: ConnectionLimits,
  ): Promise<CallToolResult>;
  /** Whether the server still answers. */
  answers(timeoutMs: number): Promise<boolean>;
  readonly closed: boolean;
  close(): Promise<void>;
}

/** Pages of a list of tools; a server that goes on for ever is cut off. */
const MAX_PAGES = 20;
const MAX_TOOLS = 1000;

/** Connects to a server: the handshake, and nothing that the server could ask of us (sampling, roots, elicitation). */
export async function connect(transport: Transport, limits: ConnectionLimits): Promise<Connection> {
  const client = new Client({ name: 'phasegate', version: '1' }, { capabilities: {} });
  let listed: readonly Tool[] | undefined;
  let closed = false;
  // The SDK has callbacks and no events.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  client.onclose = () => {
    closed = true;
  };
  // Lines that are no messages are the server's affair; who waits for an answer waits no longer than the limits say.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  client.onerror = () => undefined;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    listed = undefined;
  });
  await client.connect(transport, optionsOf(limits));
  return {
    tools: async (now) => {
      listed ??= await listTools(client, now);
      return listed;
    },
    // The client's own `callTool` would compile the server's schemas with regular expressions that may run for ever.
    call: async (name, args, now) =>
      await client.request(
        { method: 'tools/call', params: { name, arguments: { ...args } } },
        CallToolResultSchema,
        optionsOf(now),
      ),
    answers: async (timeoutMs) =>
      await client.ping({ timeout: timeoutMs }).then(
        () => true,
        () => false,
      ),
    get closed() {
      return closed;
    },
    close: async () => {
      closed = true;
      await client.close();
    },
  };
}

async function listTools(client: Client, limits: ConnectionLimits): Promise<readonly Tool[]> {
  const tools: Tool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && tools.length < MAX_TOOLS; page++) {
    const params = cursor === undefined ? {} : { cursor };
    // Each page is found by the one before it.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await client.request(
      { method: 'tools/list', params },
      ListToolsResultSchema,
      optionsOf(limits),
    );
    tools.push(...answer.tools);
    cursor = answer.nextCursor;
    if (cursor === undefined) break;
  }
  return tools;
}

function optionsOf({ timeoutMs, signal }: ConnectionLimits): {
  timeout: number;
  maxTotalTimeout: number;
  signal: AbortSignal;
} {
  return { timeout: timeoutMs, maxTotalTimeout: timeoutMs, signal };
}
