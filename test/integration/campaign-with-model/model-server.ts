import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

import { z } from 'zod';

/** Which agent asks, told from the beginning of its instructions. */
const AGENTS = [
  ['requirements', 'You read campaign briefs'],
  ['strategy', 'You plan email campaigns'],
  ['generation', 'You write one email'],
] as const;

/** One request that reached the server. */
export interface Asked {
  readonly agent: (typeof AGENTS)[number][0];
  /** How often this agent asked before. */
  readonly before: number;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The tool that the model is to call, if it is given one. */
  readonly tool: string | undefined;
  /** The tools of plugins that the model may call before. */
  readonly offered: readonly string[];
  /** The agent's own message: what it wants answered. */
  readonly user: string;
  /** The last message: the same, or what was wrong with the answer before. */
  readonly last: string;
  /** Resolves when the connection closes. */
  readonly closed: Promise<unknown>;
}

/** A value as the answer; text as it is; an HTTP error; or no answer at all. */
export type Reply =
  | { readonly json: unknown }
  | { readonly text: string }
  /** Calls of tools, by name, each with its arguments. */
  | { readonly calls: readonly (readonly [name: string, args: string])[] }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly silent: true };

/** A server on this machine that speaks the chat-completions API. */
export interface ModelServer extends AsyncDisposable {
  /** Without a path. */
  readonly origin: string;
  readonly asked: readonly Asked[];
  /** How often each agent asked. */
  readonly counts: () => Readonly<Record<string, number>>;
  /** Waits until as many requests have come. */
  readonly reached: (requests: number) => Promise<void>;
}

const Message = z.object({
  role: z.string(),
  content: z
    .string()
    .nullable()
    .transform((content) => content ?? ''),
});
const Body = z.object({
  model: z.string(),
  messages: z.array(Message).min(2),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).optional(),
});
/** What every answer is said to have taken. */
export const TOKENS = Object.freeze({ input: 1000, output: 200 });

/** Opens a server that answers with what `answer` gives. */
export async function openModelServer(answer: (asked: Asked) => Reply): Promise<ModelServer> {
  const all: Asked[] = [];
  const watchers = new Set<() => void>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = readRequest(request, await text(request), all);
    all.push(asked);
    send(response, answer(asked), asked.tool);
    for (const look of watchers) look();
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked: all,
    counts: () =>
      Object.fromEntries(
        AGENTS.map(([agent]) => [agent, all.filter((one) => one.agent === agent).length]),
      ),
    reached: (requests) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (all.length >= requests) resolve();
        };
        watchers.add(look);
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readRequest(request: IncomingMessage, raw: string, all: readonly Asked[]): Asked {
  const { messages, tools } = Body.parse(JSON.parse(raw));
  const [system, user] = messages;
  const [agent] = AGENTS.find(([, begin]) => system?.content.startsWith(begin)) ?? [];
  if (agent === undefined) throw new Error('Nobody knows who asks this.');
  return {
    agent,
    before: all.filter((one) => one.agent === agent).length,
    url: request.url ?? '',
    headers: request.headers,
    body: raw,
    tool: tools?.map((tool) => tool.function.name).find((name) => !name.includes('__')),
    offered: tools?.map((tool) => tool.function.name).filter((name) => name.includes('__')) ?? [],
    user: user?.content ?? '',
    last: messages.at(-1)?.content ?? '',
    closed: closedOf(request.socket),
  };
}

const closings = new WeakMap<Socket, Promise<unknown>>();

/** One connection brings many requests, and is listened to once. */
function closedOf(socket: Socket): Promise<unknown> {
  const closed = closings.get(socket) ?? once(socket, 'close');
  closings.set(socket, closed);
  return closed;
}

function send(response: ServerResponse, reply: Reply, tool: string | undefined): void {
  if ('silent' in reply) return;
  if ('status' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify({ error: { message: 'no', type: 'error', code: null } }));
    return;
  }
  if ('calls' in reply) {
    complete(response, {
      content: null,
      tool_calls: reply.calls.map(([name, args], index) => ({
        id: `call-${index}`,
        type: 'function',
        function: { name, arguments: args },
      })),
    });
    return;
  }
  const content = 'json' in reply ? JSON.stringify(reply.json) : reply.text;
  const call = { id: 'call-1', type: 'function', function: { name: tool, arguments: content } };
  const said = tool === undefined ? { content } : { content: null, tool_calls: [call] };
  complete(response, said);
}

function complete(response: ServerResponse, said: object): void {
  const { input, output } = TOKENS;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'completion-1',
      object: 'chat.completion',
      created: 0,
      model: 'small',
      choices: [{ index: 0, message: { role: 'assistant', ...said }, finish_reason: 'stop' }],
      usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    }),
  );
}
