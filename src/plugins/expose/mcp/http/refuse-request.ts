import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who is let in. */
export interface Door {
  /** Values of the header Host (`name:port`) that mean this server; any other one is how a web page elsewhere reaches it. */
  readonly hosts: readonly string[];
  /** Digest of the bearer token. */
  readonly tokenDigest: Uint8Array;
}

/** Why a request is not let in. */
export interface Refusal {
  readonly status: 401 | 403 | 404;
  readonly message: string;
}

/** The path that MCP is served under. */
export const MCP_PATH = '/mcp';

/**
 * Gives why a request is refused; undefined for one that is let in. A browser names where a page came from (Origin) and what
 * name it used (Host): both must be this server's, so that a name that is bound anew to 127.0.0.1 leads nowhere.
 *
 * @see Model Context Protocol 2025-11-25, basic/transports, security warning; RFC 6750, 3
 */
export function refusalOf(request: IncomingMessage, door: Door): Refusal | undefined {
  const { host, origin, authorization } = request.headers;
  if (host === undefined || !door.hosts.includes(host.toLowerCase()))
    return { status: 403, message: 'This name does not lead here.' };
  if (origin !== undefined && !door.hosts.includes(hostOf(origin)))
    return { status: 403, message: 'Pages of other origins are not let in.' };
  if (!bearsToken(authorization, door.tokenDigest))
    return { status: 401, message: 'A bearer token is required.' };
  const path = request.url?.split('?')[0];
  return path === MCP_PATH ? undefined : { status: 404, message: `Nothing but ${MCP_PATH}.` };
}

/** Gives what is compared: digests have one length, whatever was sent. */
export function tokenDigest(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

function bearsToken(header: string | undefined, digest: Uint8Array): boolean {
  const given = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return given !== undefined && timingSafeEqual(tokenDigest(given), digest);
}

/** The host of an origin such as `http://127.0.0.1:8080`; an opaque one (`null`) has none. */
function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : '';
}
