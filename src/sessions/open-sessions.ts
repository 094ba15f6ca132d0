import { silentLogger, systemClock, type Logger } from '../kernel/index.ts';
import type { RevocationOrder, Sessions, SessionsOptions } from './contract.ts';
import { DAY_MS, durationOf, timerOf } from './durations.ts';
import { SessionsClosedError } from './errors.ts';
import { memorySessions } from './keeping/memory-store.ts';
import { createKeeper } from './keeping/session-keeper.ts';
import {
  bindThread,
  cleanUp,
  create,
  list,
  revoke,
  rotate,
  statistics,
  validate,
  type Inner,
} from './operations.ts';
import { createSealer } from './seal.ts';
import type { NewSession, SessionChange } from './session.ts';

const DEFAULT_FRESH_MS = 60_000;
const DEFAULT_RETRY_MS = 1_000;
const DEFAULT_SWEEP_MS = 300_000;

/**
 * Opens sessions on a store.
 *
 * @throws SESSIONS_INVALID for a lifetime that is none, SESSIONS_KEY, SESSIONS_JOURNAL. A store that is away is no error.
 */
export async function openSessions(options: SessionsOptions = {}): Promise<Sessions> {
  const { store = memorySessions(), clock = systemClock, logger = silentLogger } = options;
  const counts = { created: 0, expired: 0, revoked: 0, hits: 0, misses: 0, fallbackOperations: 0 };
  const inner: Inner = {
    sealer: createSealer(options.sealKeys ?? []),
    clock,
    counts,
    absoluteMs: durationOf('absoluteMs', options.absoluteMs ?? DAY_MS, 1),
    idleMs: durationOf('idleMs', options.idleMs ?? DAY_MS, 1),
    keeper: await createKeeper({
      store,
      journal: options.journal,
      clock,
      logger,
      retryMs: durationOf('retryMs', options.retryMs ?? DEFAULT_RETRY_MS, 0),
      freshMs: durationOf('freshMs', options.freshMs ?? DEFAULT_FRESH_MS, 0),
      fellBack: () => {
        counts.fallbackOperations += 1;
      },
    }),
  };
  const sweepMs = timerOf('sweepEveryMs', options.sweepEveryMs ?? DEFAULT_SWEEP_MS, 0);
  const timer = startSweeping(inner, sweepMs, logger);
  return sessionsOf(inner, async () => {
    clearInterval(timer);
    await store[Symbol.asyncDispose]();
  });
}

function sessionsOf(inner: Inner, shut: () => Promise<void>): Sessions {
  let isClosed = false;
  const open = (): Inner => {
    if (isClosed) throw new SessionsClosedError();
    return inner;
  };
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await shut();
  };
  return Object.freeze({
    create: async (input: NewSession) => create(open(), input),
    validate: async (token: string) => validate(open(), token),
    rotate: async (token: string, change: SessionChange = {}) => rotate(open(), token, change),
    bindThread: async (token: string, thread: string) => bindThread(open(), token, thread),
    revoke: async (order: RevocationOrder) => revoke(open(), order),
    list: async (query = {}) => list(open(), query),
    statistics: async () => statistics(open()),
    cleanUp: async () => cleanUp(open()),
    close,
    [Symbol.asyncDispose]: close,
  } satisfies Sessions);
}

function startSweeping(inner: Inner, everyMs: number, logger: Logger): NodeJS.Timeout | undefined {
  if (everyMs === 0) return undefined;
  const timer = setInterval(() => {
    cleanUp(inner).catch(() => logger.warn('sessions-clean-up-failed'));
  }, everyMs);
  timer.unref();
  return timer;
}
