import { InvalidServerUrlError } from '../../../errors/index.ts';

/** As many digits as any server has databases for. */
const DATABASE = /^\/?$|^\/\d{1,6}$/;

/** A host and a port. */
export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** One server, by its own address. */
export interface SingleServer {
  readonly mode?: 'single';
  /** Such as `redis://user:password@host:6379/0`, or `rediss://` for TLS. */
  readonly url: string;
}

/** A master and its replicas, of which Sentinel says who is which. */
export interface SentinelServers {
  readonly mode: 'sentinel';
  /**
   * As of a single server, but in place of the host stands the name under which Sentinel knows the master:
   * `redis://user:password@mymaster/0`.
   */
  readonly url: string;
  /** At least one of the sentinels, such as `redis://:its-own-password@host:26379`. */
  readonly sentinels: readonly string[];
  /** Where to reach what announces an address from within its own network: `host:port` to a place that leads there. */
  readonly reachableAt?: Readonly<Record<string, NodeAddress>>;
}

/** Masters that share the keys among them, each with replicas. */
export interface ClusterServers {
  readonly mode: 'cluster';
  /** At least one of the nodes, such as `redis://user:password@host:6379`; user and password of the first are those of all. */
  readonly urls: readonly string[];
  /** Where to reach what announces an address from within its own network: `host:port` to a place that leads there. */
  readonly reachableAt?: Readonly<Record<string, NodeAddress>>;
}

/** Which servers keep the state: one, a set under Sentinel, or a Cluster. */
export type RedisServers = SingleServer | SentinelServers | ClusterServers;

/** What a URL says, apart from where it leads. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
  readonly tls?: { servername?: string };
}

/** Names the servers without the passwords that URLs may hold. */
export function placeOf(servers: RedisServers): string {
  return urlsOf(servers).map(hostOf).join(', ');
}

/** Gives the address in a URL. */
export function addressOf(url: string, defaultPort: number): NodeAddress {
  const { hostname, port } = new URL(url);
  // An address of IPv6 stands in brackets, which are no part of it.
  const host = decodeURIComponent(hostname.replaceAll(/^\[|\]$/g, ''));
  return { host, port: port === '' ? defaultPort : Number(port) };
}

/**
 * Makes sure that every URL leads where it says: a database that is no number would otherwise be the first one.
 *
 * @throws {@link InvalidServerUrlError}
 */
export function checkUrls(servers: RedisServers): void {
  const place = placeOf(servers);
  for (const url of urlsOf(servers)) {
    const fault = faultOf(url);
    if (fault !== undefined) throw new InvalidServerUrlError(place, fault);
    if (servers.mode === 'cluster' && (credentialsOf(url).db ?? 0) > 0) {
      throw new InvalidServerUrlError(place, 'a Cluster has no database but 0');
    }
  }
}

function faultOf(url: string): string | undefined {
  if (!URL.canParse(url)) return 'it is no URL';
  const { protocol, hostname, pathname, search, hash } = new URL(url);
  if ((protocol !== 'redis:' && protocol !== 'rediss:') || hostname === '') {
    return 'it does not begin with redis://HOST or rediss://HOST';
  }
  if (!DATABASE.test(pathname)) return 'what follows the host is not the number of a database';
  return search === '' && hash === '' ? undefined : 'what follows ? or # is not understood';
}

/** Gives user, password, database and whether to encrypt. */
export function credentialsOf(url: string): Credentials {
  const { username, password, pathname, protocol } = new URL(url);
  const database = Number(pathname.slice(1));
  return {
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(Number.isInteger(database) && database > 0 ? { db: database } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

function urlsOf(servers: RedisServers): readonly string[] {
  return servers.mode === 'cluster' ? servers.urls : [servers.url];
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return 'redis';
  }
}
