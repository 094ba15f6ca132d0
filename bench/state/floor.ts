import type { RedisServer } from '../../src/storage/backends/redis/fixtures/redis-server.ts';
import { medianOf, timeOf } from '../measure/alternate.ts';

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

/** Measures the floor over a connection like ours: a script of five operations with as many bytes as a put. */
export async function measureFloor({ client }: RedisServer, rounds: number): Promise<Floor> {
  const sha = String(await client.script('LOAD', SCRIPT));
  const small = Buffer.alloc(100, 'x');
  const parts = PAYLOADS.map((length) => Buffer.alloc(length, 'x'));
  const jobs = {
    ping: async () => client.ping(),
    set: async () => client.set('floor', small),
    script: async (round: number) =>
      client.evalsha(sha, 3, '{floor}c', '{floor}s', '{floor}i', ...parts, `id-${round % 100}`),
  };
  const times = { ping: [] as number[], set: [] as number[], script: [] as number[] };
  for (let round = -100; round < rounds; round += 1) {
    const ping = await timeOf(jobs.ping);
    const set = await timeOf(jobs.set);
    const script = await timeOf(async () => jobs.script(round));
    if (round < 0) continue;
    times.ping.push(ping);
    times.set.push(set);
    times.script.push(script);
  }
  return { ping: medianOf(times.ping), set: medianOf(times.set), script: medianOf(times.script) };
}
