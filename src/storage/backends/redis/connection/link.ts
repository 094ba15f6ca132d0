import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';

import { isDatabaseMissing, isRefusal } from './explain-failure.ts';
import { keySlot } from './key-slot.ts';
import { onceTogether } from './once-together.ts';
import {
  addressOf,
  credentialsOf,
  placeOf,
  type ClusterServers,
  type RedisServers,
  type SentinelServers,
} from './servers.ts';

/** A busy machine may take as long to connect as to answer. */
const SHORTEST_CONNECT_TIMEOUT_MS = 2_000;
const SENTINEL_TIMEOUT_MS = 500;
const RETRY_STEP_MS = 50;
const RETRY_MAX_MS = 1_000;
const SLOTS_REFRESH_MS = 3_000;
const SLOTS_TIMEOUT_MS = 1_000;
const PORT = 6_379;
const SENTINEL_PORT = 26_379;
/** How much of the deadline a connection may stay silent; the rest is for sending again over a new one. */
const SILENCE_SHARE = 0.75;

/** Connections of the driver to the servers, whatever their arrangement. */
export interface Link {
  readonly redis: Redis | Cluster;
  /** Why there is no connection, as far as it was heard. */
  reason(): unknown;
  open(): Promise<void>;
  /** The connection to the master that has `key`; the same one gives the same object, a new one another. */
  masterOf(key: string): MasterLink | undefined;
  /** Says that the master may not be the one any more: it is asked for anew, where somebody can tell. */
  doubt(): void;
  /** Connections to all nodes that are known, and their addresses. */
  nodes(): readonly (readonly [place: string, redis: Redis])[];
  close(): void;
}

/** A connection to one master. */
export interface MasterLink {
  readonly redis: Redis;
  /** Differs after each new connection. */
  readonly session: object;
}

/**
 * Prepares connections. A command fails at once while there is none, is sent again once at most, and a connection on
 * which nothing comes back is replaced, since a machine that lost its power says no farewell. A server that refuses
 * the password is not asked again.
 */
export function createLink(servers: RedisServers, deadlineMs: number): Link {
  if (servers.mode === 'cluster') return clusterLink(servers, deadlineMs);
  const options = {
    ...(servers.mode === 'sentinel' ? sentinelSettings(servers) : addressOf(servers.url, PORT)),
    ...credentialsOf(servers.url),
    ...settings(deadlineMs),
    enableOfflineQueue: false,
    retryStrategy,
  } satisfies RedisOptions;
  const redis = new Redis(options);
  const heard = listen(redis, ['error']);
  let session = {};
  redis.on('ready', () => {
    session = {};
  });
  const place = placeOf(servers);
  return keptAwake(deadlineMs, {
    redis,
    reason: () => heard.reason,
    open: async () => redis.connect(),
    masterOf: () => ({ redis, session }),
    doubt: servers.mode === 'sentinel' ? reconnectAtTimes(redis, deadlineMs) : () => undefined,
    nodes: () => [[place, redis]],
    close: () => redis.disconnect(),
  });
}

function clusterLink(servers: ClusterServers, deadlineMs: number): Link {
  const nodes = servers.urls.map((url) => addressOf(url, PORT));
  const { db: _, ...credentials } = credentialsOf(servers.urls[0] ?? '');
  const options = {
    lazyConnect: true,
    enableOfflineQueue: false,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    slotsRefreshTimeout: SLOTS_TIMEOUT_MS,
    clusterRetryStrategy: retryStrategy,
    ...natMapOf(servers),
    redisOptions: { ...credentials, ...settings(deadlineMs) },
  } satisfies ClusterOptions;
  const cluster = new Cluster([...nodes], options);
  const heard = listen(cluster, ['error', 'node error']);
  return keptAwake(deadlineMs, {
    redis: cluster,
    reason: () => heard.reason,
    open: async () => cluster.connect(),
    masterOf: (key) => {
      const place = cluster.slots[keySlot(key)]?.[0];
      const redis = cluster.nodes('master').find((node) => placeOfNode(node) === place);
      // A node whose connection ends is dropped, and a new object takes its place.
      return redis === undefined ? undefined : { redis, session: redis };
    },
    // The nodes themselves say where a slot is.
    doubt: () => undefined,
    nodes: () => cluster.nodes().map((node) => [placeOfNode(node), node] as const),
    close: () => cluster.disconnect(),
  });
}

/**
 * Asks each connection for a sign of life, so that one that is silent is replaced also while nobody uses it: a master
 * that only hung may be no master any more when it wakes up, and not know it yet.
 */
function keptAwake(everyMs: number, link: Link): Link {
  const ask = (): void => {
    for (const [, node] of link.nodes()) {
      // What fails is told by the events of the connection.
      if (node.status === 'ready') node.ping().catch(() => undefined);
    }
  };
  const timer = setInterval(ask, everyMs);
  timer.unref();
  const close = (): void => {
    clearInterval(timer);
    link.close();
  };
  return { ...link, close };
}

function settings(deadlineMs: number) {
  return {
    lazyConnect: true,
    connectTimeout: Math.max(SHORTEST_CONNECT_TIMEOUT_MS, deadlineMs),
    commandTimeout: deadlineMs,
    socketTimeout: Math.ceil(deadlineMs * SILENCE_SHARE),
    maxRetriesPerRequest: 1,
    enableAutoPipelining: false,
    // A replica that was the master before: connect anew, to where the name leads now.
    reconnectOnError: onceTogether(({ message }) => message.includes('READONLY')),
  } satisfies RedisOptions;
}

function sentinelSettings(servers: SentinelServers) {
  const [first = ''] = servers.sentinels;
  const { username, password, tls } = credentialsOf(first);
  return {
    name: addressOf(servers.url, PORT).host,
    sentinels: servers.sentinels.map((url) => ({ ...addressOf(url, SENTINEL_PORT) })),
    sentinelRetryStrategy: retryStrategy,
    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
    enableTLSForSentinelMode: new URL(servers.url).protocol === 'rediss:',
    ...natMapOf(servers),
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(tls === undefined ? {} : { sentinelTLS: tls }),
  } satisfies RedisOptions;
}

function natMapOf({
  reachableAt,
}: SentinelServers | ClusterServers): Pick<ClusterOptions, 'natMap'> {
  return reachableAt === undefined ? {} : { natMap: { ...reachableAt } };
}

function retryStrategy(attempt: number): number {
  return Math.min(attempt * RETRY_STEP_MS, RETRY_MAX_MS);
}

/** Connects anew, which asks the sentinels, but not more often than `everyMs`. */
function reconnectAtTimes(redis: Redis, everyMs: number): () => void {
  let notBeforeMs = 0;
  return () => {
    if (redis.status !== 'ready' || performance.now() < notBeforeMs) return;
    notBeforeMs = performance.now() + everyMs;
    redis.disconnect(true);
  };
}

/** Remembers why connections failed; a command only hears that there is none. */
function listen(redis: Redis | Cluster, events: readonly string[]): { readonly reason: unknown } {
  const heard: { reason: unknown } = { reason: undefined };
  for (const event of events) {
    redis.on(event, (error: unknown) => {
      const cause = lastErrorOf(error);
      // That a connection was closed for a refusal says less than the refusal.
      if (isFinal(heard.reason)) return;
      heard.reason = cause;
      if (isFinal(cause)) redis.disconnect();
    });
  }
  redis.on('ready', () => {
    heard.reason = undefined;
  });
  return heard;
}

/** What no later connection would make better. */
function isFinal(cause: unknown): boolean {
  return isRefusal(cause) || isDatabaseMissing(cause);
}

/** What stands behind the message that no node of a cluster could be asked. */
function lastErrorOf(error: unknown): unknown {
  const last: unknown = error instanceof Error ? Reflect.get(error, 'lastNodeError') : undefined;
  return last ?? error;
}

function placeOfNode({ options }: Redis): string {
  return `${options.host}:${options.port}`;
}
