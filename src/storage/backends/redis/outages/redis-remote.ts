import type { Clock, Ids } from '../../../../kernel/index.ts';
import type { CheckpointStore } from '../../../engine/index.ts';
import { ThreadInterruptedError } from '../../../errors/index.ts';
import type { Lease, RemoteStore } from '../../../journal/index.ts';
import type { ThreadIndex } from '../../../thread-record.ts';
import { bufferOf } from '../answers.ts';
import type { Client } from '../client.ts';
import { writeHolder } from '../holder.ts';
import { keysOf } from '../keys.ts';
import { renewLease, type Leases } from '../leases.ts';
import type { RedisStoreParts } from '../checkpoints/index.ts';
import { createRedisStore } from '../redis-store.ts';
import { putNote } from './journaled-index.ts';

const PROBE_LIFE_MS = 60_000;

/** What Redis behind a journal works with. */
export interface RedisRemoteParts extends Omit<RedisStoreParts, 'leaseOf'> {
  readonly place: string;
  readonly leases: Leases;
  /** The list of threads, at the server. */
  readonly index: ThreadIndex;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Gives Redis as the store behind a journal. */
export function createRedisRemote(parts: RedisRemoteParts): RemoteStore {
  const { client, prefix, place, leases, clock } = parts;
  const storeUnder = (leaseOf: RedisStoreParts['leaseOf']): CheckpointStore =>
    createRedisStore({ ...parts, leaseOf });
  return {
    place,
    store: storeUnder(leases.of),
    under: (lease) => storeUnder(() => lease),
    leaseOf: leases.of,
    renew: async (thread: string, { token, epoch }: Lease) => {
      const holder = writeHolder({ owner: 'journal', pid: process.pid, since: clock.now() });
      try {
        return await renewLease(parts, { thread, token, epoch, holder });
      } catch (error) {
        if (error instanceof ThreadInterruptedError) return false;
        throw error;
      }
    },
    end: async (thread, { token, epoch }) => {
      await client.run('unlock', keysOf(prefix, thread), [token, epoch]);
    },
    note: async (thread, text) => putNote(parts.index, thread, text),
    incarnation: async () => incarnationOf(parts),
    probe: async () => {
      // A write: a replica and a server without memory answer everything else.
      await client.command('SET', `${prefix}probe`, clock.now(), 'PX', PROBE_LIFE_MS);
    },
  };
}

/**
 * A mark of our own, which an emptied server has not, and which run of which server it is. In a cluster each node would
 * tell of itself alone; there the mark, and what every thread says of itself, have to do.
 */
async function incarnationOf({ client, prefix, ids }: RedisRemoteParts): Promise<string> {
  const key = `${prefix}incarnation`;
  const read = async (): Promise<string | undefined> => {
    const answer = await client.command('GET', key);
    return answer === null ? undefined : bufferOf(answer).toString();
  };
  let mark = await read();
  if (mark === undefined) {
    await client.command('SET', key, ids.next(), 'NX');
    mark = await read();
  }
  return [mark, ...(await runOf(client))].join(' ');
}

async function runOf(client: Client): Promise<readonly string[]> {
  if (client.mode === 'cluster') return [];
  const server = bufferOf(await client.command('INFO', 'server')).toString();
  const replication = bufferOf(await client.command('INFO', 'replication')).toString();
  const fields = /^(run_id|master_replid):(\w+)/gm;
  return [...`${server}\n${replication}`.matchAll(fields)].map(([, , value = '']) => value);
}
