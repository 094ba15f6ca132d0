import type { Redis } from 'ioredis';

import { StorageUnreplicatedError } from '../../../errors/index.ts';
import type { Link, MasterLink } from './link.ts';

/** How much of the deadline replicas have to confirm a write. */
const SHARE = 0.4;
const MARK_MS = 1_000;

/** How a write is made to be on more than one server. */
export interface ReplicationParts {
  readonly link: Link;
  readonly place: string;
  /** By how many replicas a write must be confirmed. */
  readonly replicas: number;
  readonly deadlineMs: number;
}

/** Runs writes, and answers when the replicas have them. */
export interface Replication {
  /**
   * Runs `work`, which writes to the slot of `key`.
   *
   * @throws {@link StorageUnreplicatedError} where too few replicas confirmed it in time; it may be kept or lost.
   */
  confirmed<Value>(key: string, work: () => Promise<Value>): Promise<Value>;
}

/**
 * Waits for replicas. After the write a mark is written over the same connection and waited for, so that it holds for
 * all that was written before it, also for what an earlier attempt wrote: one that found its work already done wrote
 * nothing. Many writes share one mark, because WAIT stops the connection.
 */
export function createReplication(parts: ReplicationParts): Replication {
  const barriers = new WeakMap<object, Barrier>();
  const barrierOf = ({ redis, session }: MasterLink): Barrier => {
    const known = barriers.get(session);
    if (known !== undefined) return known;
    const barrier = createBarrier(redis, parts);
    barriers.set(session, barrier);
    return barrier;
  };
  return {
    confirmed: async (key, work) => {
      const { link, place, replicas } = parts;
      const before = link.masterOf(key);
      const value = await work();
      const after = link.masterOf(key);
      // Another connection may lead to another server, whose replicas know nothing of what was written.
      const isSame = after !== undefined && before?.session === after.session;
      const confirmed = isSame ? await barrierOf(after).pass(key) : 0;
      const isStillSame = link.masterOf(key)?.session === after?.session;
      if (confirmed >= replicas && isStillSame) return value;
      // A master that woke up has no replicas any more, and does not know yet why.
      link.doubt();
      throw new StorageUnreplicatedError(place, { confirmed, wanted: replicas });
    },
  };
}

interface Barrier {
  /** Gives by how many replicas everything written so far was confirmed. */
  pass(key: string): Promise<number>;
}

function createBarrier(redis: Redis, { replicas, deadlineMs }: ReplicationParts): Barrier {
  const waitMs = Math.ceil(deadlineMs * SHARE);
  let running: Promise<number> | undefined;
  let next: Promise<number> | undefined;
  const start = (key: string): Promise<number> => {
    const passing = wait(redis, `${key}~`, { replicas, waitMs }).finally(() => {
      if (running === passing) running = undefined;
    });
    running = passing;
    return passing;
  };
  return {
    pass: async (key) => {
      if (running === undefined) return start(key);
      // The one that runs may have begun before this write; the next one is for all who come meanwhile.
      next ??= running
        .catch(() => 0)
        .then(async () => {
          next = undefined;
          return start(key);
        });
      return next;
    },
  };
}

async function wait(
  redis: Redis,
  mark: string,
  { replicas, waitMs }: { readonly replicas: number; readonly waitMs: number },
): Promise<number> {
  const answers = await redis.pipeline().set(mark, '', 'PX', MARK_MS).wait(replicas, waitMs).exec();
  const [set, waited] = answers ?? [];
  const failure = set?.[0] ?? waited?.[0];
  if (failure !== undefined && failure !== null) throw failure;
  return typeof waited?.[1] === 'number' ? waited[1] : 0;
}
