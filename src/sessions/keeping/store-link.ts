import { isPhasegateError, type Clock, type Logger } from '../../kernel/index.ts';

const OUTAGES: readonly string[] = ['STORAGE_UNAVAILABLE', 'STORAGE_FULL'];

/** What became of a question to the store. */
export type Asked<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'away'; readonly retryAfterMs: number; readonly cause: unknown };

/** The way to a store that may be away. */
export interface StoreLink {
  /**
   * Asks the store, unless it failed a moment ago. What an outage left to do is done before the first question after it.
   *
   * @throws What the store throws that is no outage, such as STORAGE_AUTHENTICATION.
   */
  ask<Value>(work: () => Promise<Value>): Promise<Asked<Value>>;
  readonly isAway: boolean;
}

/** What a link is made from. */
export interface StoreLinkParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long the store is left alone after a failure. */
  readonly retryMs: number;
  /** Whether the store has to be told something first. */
  hasWork(): boolean;
  reconcile(): Promise<void>;
  /** Called when the store was lost. */
  lost(): void;
}

/** Makes a link to a store that is thought to be there. */
export function createStoreLink(parts: StoreLinkParts): StoreLink {
  const { clock, logger, retryMs } = parts;
  let away: { readonly retryAtMs: number; readonly cause: unknown } | undefined;
  let isReconciling = false;
  const lose = (cause: unknown): void => {
    if (away === undefined) {
      const code = isPhasegateError(cause) ? cause.code : 'unknown';
      logger.warn('sessions-store-away', { code, retryMs });
      parts.lost();
    }
    away = { retryAtMs: clock.monotonicMs() + retryMs, cause };
  };
  const awayNow = (cause: unknown): Asked<never> => {
    const left = away === undefined ? 0 : away.retryAtMs - clock.monotonicMs();
    return { kind: 'away', retryAfterMs: Math.max(1, Math.ceil(left)), cause };
  };
  const comeBack = async (): Promise<void> => {
    isReconciling = true;
    try {
      await parts.reconcile();
      if (away !== undefined) logger.info('sessions-store-back');
      away = undefined;
    } finally {
      isReconciling = false;
    }
  };
  return {
    ask: async (work) => {
      if (away !== undefined && clock.monotonicMs() < away.retryAtMs) return awayNow(away.cause);
      // One at a time finds out whether the store is back; the others do not wait for it.
      if (isReconciling) return awayNow(away?.cause);
      try {
        if (away !== undefined || parts.hasWork()) await comeBack();
        return { kind: 'answered', value: await work() };
      } catch (error) {
        if (!isOutage(error)) throw error;
        lose(error);
        return awayNow(error);
      }
    },
    get isAway() {
      return away !== undefined;
    },
  };
}

function isOutage(error: unknown): boolean {
  return isPhasegateError(error) && OUTAGES.includes(error.code);
}
