import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

import type { McpServer } from '../open-mcp-server.ts';

/** How many clients are served at once, and for how long one may be silent. */
export interface SessionLimits {
  readonly maxSessions: number;
  readonly idleMs: number;
}

/** The sessions of a server over HTTP. */
export interface McpSessions {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  readonly count: number;
  close(): Promise<void>;
}

export const DEFAULT_SESSIONS: SessionLimits = Object.freeze({
  maxSessions: 64,
  idleMs: 30 * 60_000,
});

interface Session {
  readonly transport: StreamableHTTPServerTransport;
  usedAtMs: number;
  /** Requests and streams that are open: who listens is not idle. */
  open: number;
}

/** Opens the sessions: each `initialize` begins one, and later requests name it. */
export function openSessions(
  server: McpServer,
  limits: SessionLimits = DEFAULT_SESSIONS,
): McpSessions {
  const sessions = new Map<string, Session>();
  const sweep = (): void => {
    const before = performance.now() - limits.idleMs;
    for (const { transport, open, usedAtMs } of sessions.values())
      // One that was closed from the other side meanwhile is gone already.
      if (open === 0 && usedAtMs < before) transport.close().catch(() => undefined);
  };
  const sweeper = setInterval(sweep, Math.min(60_000, limits.idleMs)).unref();
  return {
    handle: async (request, response) => {
      const id = request.headers['mcp-session-id'];
      if (id !== undefined) return await goOn(sessions.get(String(id)), request, response);
      sweep();
      if (sessions.size >= limits.maxSessions)
        return answer(response, 503, 'Too many clients are connected.');
      await begin(server, sessions, { request, response });
    },
    get count() {
      return sessions.size;
    },
    close: async () => {
      clearInterval(sweeper);
      await Promise.allSettled([...sessions.values()].map(({ transport }) => transport.close()));
    },
  };
}

async function goOn(
  session: Session | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (session === undefined) return answer(response, 404, 'The session has ended.');
  use(session, response);
  await session.transport.handleRequest(request, response);
}

async function begin(
  server: McpServer,
  sessions: Map<string, Session>,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => {
      const session = { transport, usedAtMs: performance.now(), open: 0 };
      sessions.set(id, session);
      use(session, response);
    },
  });
  const { closed } = await server.connect(transport);
  const forget = async (): Promise<void> => {
    await closed;
    sessions.delete(transport.sessionId ?? '');
  };
  void forget();
  await transport.handleRequest(request, response);
  // Whatever was sent began no session.
  if (transport.sessionId === undefined) await transport.close();
}

function use(session: Session, response: ServerResponse): void {
  session.open += 1;
  response.once('close', () => {
    session.open -= 1;
    session.usedAtMs = performance.now();
  });
}

/** Answers in the form that clients read. */
export function answer(response: ServerResponse, status: number, message: string): void {
  const headers = { 'content-type': 'application/json' };
  // RFC 6750, 3: who is not known is told how to become so.
  response.writeHead(
    status,
    status === 401 ? { ...headers, 'www-authenticate': 'Bearer' } : headers,
  );
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }));
}
