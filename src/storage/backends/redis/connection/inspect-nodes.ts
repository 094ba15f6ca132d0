import { Redis } from 'ioredis';

import { isRefusal } from './explain-failure.ts';
import type { Link } from './link.ts';
import { credentialsOf, type RedisServers } from './servers.ts';

const TIMEOUT_MS = 1_000;

/** What a server says of itself. */
export interface NodeReport {
  readonly place: string;
  /** The fields of INFO; empty where the node could not be asked. */
  readonly info: ReadonlyMap<string, string>;
  /** When it writes its log to the disk: `always`, `everysec`, `no`; `unknown` where it may not be asked. */
  readonly appendfsync: string;
}

/** Asks every node: one server, all of a cluster, or a master and the replicas that may take its place. */
export async function inspectNodes(
  link: Link,
  servers: RedisServers,
): Promise<readonly NodeReport[]> {
  const own = await Promise.all(link.nodes().map(async ([place, redis]) => reportOf(place, redis)));
  if (servers.mode !== 'sentinel') return own;
  const replicas = own.flatMap(({ info }) => replicasOf(info));
  const others = replicas.map(async (place) => {
    const { host, port } = servers.reachableAt?.[place] ?? splitPlace(place);
    const redis = new Redis({
      ...credentialsOf(servers.url),
      host,
      port,
      lazyConnect: true,
      connectTimeout: TIMEOUT_MS,
      commandTimeout: TIMEOUT_MS,
      retryStrategy: () => null,
    });
    // What fails is told by the command.
    redis.on('error', () => undefined);
    try {
      return await reportOf(place, redis);
    } finally {
      redis.disconnect();
    }
  });
  return [...own, ...(await Promise.all(others))];
}

async function reportOf(place: string, redis: Redis): Promise<NodeReport> {
  try {
    const info = parseInfo(await redis.info());
    return { place, info, appendfsync: await fsyncOf(redis) };
  } catch (error) {
    // One of several may be away; that the user is refused is no passing matter.
    if (isRefusal(error)) throw error;
    return { place, info: new Map(), appendfsync: 'unknown' };
  }
}

async function fsyncOf(redis: Redis): Promise<string> {
  // Hosted servers often do not let anybody see their configuration.
  const answer: unknown = await redis.config('GET', 'appendfsync').catch(() => []);
  const [, value] = Array.isArray(answer) ? (answer as unknown[]) : [];
  return typeof value === 'string' ? value : 'unknown';
}

function parseInfo(text: string): ReadonlyMap<string, string> {
  const entries = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
  });
  return new Map(entries);
}

/** The addresses in lines such as `slave0:ip=10.0.0.2,port=6379,state=online,offset=1,lag=0`. */
function replicasOf(info: ReadonlyMap<string, string>): readonly string[] {
  return [...info].flatMap(([name, value]) => {
    const found = /^ip=(.+?),port=(\d+),/.exec(value);
    return /^slave\d+$/.test(name) && found !== null ? [`${found[1]}:${found[2]}`] : [];
  });
}

function splitPlace(place: string): { readonly host: string; readonly port: number } {
  const at = place.lastIndexOf(':');
  return { host: place.slice(0, at), port: Number(place.slice(at + 1)) };
}
