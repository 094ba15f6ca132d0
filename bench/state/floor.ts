import type { RedisServer } from '../../src/storage/backends/redis/fixtures/redis-server.ts';

/** What a put sends at 20 messages: header, one new segment and the head, in bytes. */
const PAYLOADS = [900, 450, 200] as const;
const SCRIPT = `
redis.call('HGET', KEYS[1], 'head')
redis.call('HSET', KEYS[1], ARGV[4], ARGV[1])
redis.call('HSET', KEYS[2], ARGV[4], ARGV[2])
redis.call('ZADD', KEYS[3], 0, ARGV[4])
redis.call('HSET', KEYS[1], 'head', ARGV[3])
return 1`;

/** Medians of the least that a server can be asked for, in milliseconds. */
export interface Floor {
  readonly ping: number;
  readonly set: number;
  readonly script: number;
}

/** The least that a server can be asked for, each over a connection like ours. */
export interface FloorJobs {
  readonly ping: () => Promise<unknown>;
  readonly set: () => Promise<unknown>;
  /** A script of five operations with as many bytes as a put. */
  readonly script: () => Promise<unknown>;
}

/** Prepares the floor on a server. */
export async function openFloor({ client }: RedisServer): Promise<FloorJobs> {
  const sha = String(await client.script('LOAD', SCRIPT));
  const small = Buffer.alloc(100, 'x');
  const parts = PAYLOADS.map((length) => Buffer.alloc(length, 'x'));
  let count = 0;
  return {
    ping: async () => client.ping(),
    set: async () => client.set('floor', small),
    script: async () => {
      count += 1;
      const id = `id-${count % 100}`;
      return client.evalsha(sha, 3, '{floor}c', '{floor}s', '{floor}i', ...parts, id);
    },
  };
}
