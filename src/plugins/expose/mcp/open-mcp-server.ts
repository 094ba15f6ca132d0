import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type ProgressToken,
} from '@modelcontextprotocol/sdk/types.js';

import type { Facts } from '../../../kernel/index.ts';
import type { Plugins } from '../../open-plugins.ts';
import type { Caller } from '../../registry/registry-parts.ts';
import { sanitisedWords } from '../sanitised-words.ts';
import { answerCall, type AnswerParts } from './answer-call.ts';
import { mcpTool, type McpOperation } from './mcp-operation.ts';
import { offerTo, type Offer } from './visible-operations.ts';
import { watchOffer } from './watch-offer.ts';

/** What the registry is served with. */
export interface McpServerOptions {
  readonly plugins: Plugins;
  /** On whose behalf every call over this server is made; it sees what its roles allow, by default nothing. */
  readonly caller: Caller;
  /** The version of Phasegate. */
  readonly version: string;
  /** How the program is called, for hints; `phasegate` unless told. */
  readonly program?: string;
  /** How often the registry is looked at for changes; every second unless told. */
  readonly lookEveryMs?: number;
}

/** The registry, served over MCP to any number of connections. Close it when done. */
export interface McpServer extends AsyncDisposable {
  /** Serves one client. @returns What resolves when the connection has ended. */
  connect(transport: Transport): Promise<{ readonly closed: Promise<void> }>;
  /** What the caller would be shown now. */
  offer(): Promise<Offer>;
}

const LOOK_EVERY_MS = 1000;
/** Tools in one answer to tools/list. */
const PAGE = 200;
const MAX_PROGRESS_TEXT = 300;

/** Serves the operations of a registry over MCP: tools/list, tools/call, list_changed, progress, cancellation. */
export function openMcpServer(options: McpServerOptions): McpServer {
  const { plugins, caller, lookEveryMs = LOOK_EVERY_MS } = options;
  const { parts, executor } = plugins;
  const { database } = parts;
  const offer = (): Promise<Offer> => offerTo({ executor, database }, caller);
  const servers = new Set<Server>();
  const answering: AnswerParts = {
    executor,
    events: parts.events,
    nextId: () => parts.ids.next(),
    caller,
    program: options.program ?? 'phasegate',
  };
  const unwatch = watchOffer({
    revision: () => database.revision(),
    offer,
    everyMs: lookEveryMs,
    // A client that has gone in this moment hears nothing any more.
    onChange: () => {
      for (const server of servers) server.sendToolListChanged().catch(() => undefined);
    },
    // The next look tries again; a list that is asked for meanwhile fails for the same reason, and says so.
    onFailure: () => undefined,
  });
  return {
    offer,
    connect: async (transport) => {
      const server = serverFor({ offer, answering, version: options.version });
      servers.add(server);
      const closed = new Promise<void>((resolve) => {
        // The SDK has callbacks and no events.
        // oxlint-disable-next-line unicorn/prefer-add-event-listener
        server.onclose = () => {
          servers.delete(server);
          resolve();
        };
      });
      await server.connect(transport);
      return { closed };
    },
    [Symbol.asyncDispose]: async () => {
      unwatch();
      await Promise.allSettled([...servers].map((server) => server.close()));
    },
  };
}

interface Serving {
  readonly offer: () => Promise<Offer>;
  readonly answering: AnswerParts;
  readonly version: string;
}

// The list of tools changes while the server runs, which only the low-level server can express.
function serverFor({ offer, answering, version }: Serving): Server {
  const server = new Server(
    { name: 'phasegate', title: 'Phasegate', version },
    { capabilities: { tools: { listChanged: true } } },
  );
  server.setRequestHandler(ListToolsRequestSchema, async ({ params }) => {
    const { visible } = await sanitised(offer());
    const from = pageFrom(params?.cursor);
    const tools = visible.slice(from, from + PAGE).map(mcpTool);
    return from + PAGE < visible.length ? { tools, nextCursor: String(from + PAGE) } : { tools };
  });
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const tool = await sanitised(toolNamed(params.name, { offer, answering }));
    const token = params._meta?.progressToken;
    const notify =
      token === undefined
        ? undefined
        : progressTo(token, (sent) => {
            // Who has gone does not want to know.
            extra.sendNotification(sent).catch(() => undefined);
          });
    const call = { tool, arguments: params.arguments, signal: extra.signal, progress: notify };
    return await sanitised(answerCall(answering, call));
  });
  return server;
}

/** What goes wrong besides is told in our own words: the SDK would hand on what an error says. */
async function sanitised<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof McpError) throw error;
    throw new McpError(ErrorCode.InternalError, sanitisedWords(error).code);
  }
}

/** @throws `McpError` for a name that means nothing to this caller, whether it exists or not. */
async function toolNamed(
  name: string,
  { offer, answering }: Pick<Serving, 'offer' | 'answering'>,
): Promise<McpOperation> {
  const { visible, hidden } = await offer();
  const found = visible.find((tool) => tool.name === name);
  if (found !== undefined) return found;
  const refused = hidden.find((tool) => tool.name === name);
  // The executor refuses it, and records who tried.
  if (refused !== undefined) await attempt(refused, answering);
  throw new McpError(ErrorCode.InvalidParams, 'Unknown tool.');
}

async function attempt(tool: McpOperation, answering: AnswerParts): Promise<void> {
  const signal = new AbortController().signal;
  await answerCall(answering, { tool, arguments: {}, signal, progress: undefined });
}

interface ProgressNotification {
  readonly method: 'notifications/progress';
  readonly params: {
    progressToken: ProgressToken;
    progress: number;
    total?: number;
    message: string;
  };
}

/** Progress goes up with each notification, as MCP asks; what a plugin calls `progress` and `total` is taken over where it does. */
function progressTo(
  progressToken: ProgressToken,
  send: (notification: ProgressNotification) => void,
): (facts: Facts) => void {
  let last = 0;
  return (facts) => {
    const { progress, total } = facts;
    const next = typeof progress === 'number' && progress > last ? progress : last + 1;
    last = next;
    const message = JSON.stringify(facts).slice(0, MAX_PROGRESS_TEXT);
    send({
      method: 'notifications/progress',
      params: {
        progressToken,
        progress: next,
        ...(typeof total === 'number' ? { total } : {}),
        message,
      },
    });
  };
}

function pageFrom(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,6}$/.test(cursor)) return Number(cursor);
  throw new McpError(ErrorCode.InvalidParams, 'Unknown cursor.');
}
