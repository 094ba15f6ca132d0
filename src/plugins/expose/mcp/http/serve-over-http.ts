import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { McpServer } from '../open-mcp-server.ts';
import { answer, DEFAULT_SESSIONS, openSessions, type SessionLimits } from './mcp-sessions.ts';
import { MCP_PATH, refusalOf, tokenDigest } from './refuse-request.ts';

/** Where and to whom MCP is served. */
export interface HttpOptions {
  /** The bearer token that every request carries. */
  readonly token: string;
  /** The address to listen on; 127.0.0.1 unless told. */
  readonly host?: string;
  /** 0 for a free one. */
  readonly port: number;
  /** More values of the header Host (`name:port`) that mean this server, such as the name of a proxy before it. */
  readonly alsoKnownAs?: readonly string[];
  readonly limits?: SessionLimits;
}

/** A server that listens. */
export interface HttpDoor extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Serves MCP over streamable HTTP. @throws The operating system's error when it cannot listen there. */
export async function serveOverHttp(mcp: McpServer, options: HttpOptions): Promise<HttpDoor> {
  const { token, host = '127.0.0.1', port, alsoKnownAs = [], limits = DEFAULT_SESSIONS } = options;
  const sessions = openSessions(mcp, limits);
  const hosts: string[] = alsoKnownAs.map((name) => name.toLowerCase());
  const door = { hosts, tokenDigest: tokenDigest(token) };
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, door);
    if (refusal !== undefined) {
      // What was to come is not read.
      request.resume();
      answer(response, refusal.status, refusal.message);
      return;
    }
    sessions.handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else answer(response, 500, 'The request could not be served.');
    });
  });
  await listening(server, { host, port });
  const { port: bound } = server.address() as AddressInfo;
  hosts.push(...[...LOOPBACK, host.toLowerCase()].map((name) => `${name}:${bound}`));
  return {
    url: `http://${host}:${bound}${MCP_PATH}`,
    port: bound,
    [Symbol.asyncDispose]: async () => {
      const stopped = new Promise((resolve) => server.close(resolve));
      await sessions.close();
      server.closeAllConnections();
      await stopped;
    },
  };
}

async function listening(server: Server, at: { host: string; port: number }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
