import { setTimeout as delay } from 'node:timers/promises';

import { isPhasegateError, type Clock, type Facts } from '../../kernel/index.ts';
import { StorageAuthenticationError, StorageUnavailableError } from '../errors/index.ts';

/**
 * Where operations go: `closed`: to the server; `open`: nowhere but the journal; `half-open`: the same, while one probe
 * is under way; `reconcile`: to the server, but for threads whose journal has not been replayed yet; `fatal`: nowhere,
 * since the server does not let us in.
 */
export type OutageState = 'closed' | 'open' | 'half-open' | 'reconcile' | 'fatal';

/** What an outage takes: everything, or writes alone (a server out of memory or of disk). */
export type OutageScope = 'all' | 'writes';

/** Takes what happened, with facts that are safe to log. */
export type Report = (event: string, facts: Facts) => void;

/** What a breaker works with. */
export interface OutageBreakerParts {
  readonly place: string;
  readonly clock: Clock;
  readonly report: Report;
  /** How long to wait between two looks at a server that was away. */
  readonly probeMs: number;
  readonly probe: () => Promise<void>;
  /** Brings the server up to date; what it throws is an outage that goes on. */
  readonly reconcile: () => Promise<void>;
  /** Whether the server may have lost something since it was last brought up to date. */
  readonly hasChanged: () => Promise<boolean>;
  /** Whether something was acknowledged meanwhile that the server does not have. */
  readonly isBehind: () => boolean;
}

/** Knows whether the server is there, and sees to it that it is brought up to date when it comes back. */
export class OutageBreaker {
  readonly #parts: OutageBreakerParts;
  readonly #stopped = new AbortController();
  #state: OutageState = 'closed';
  #scope: OutageScope = 'all';
  #since: string | undefined;
  #cause: Error | undefined;
  #checking: Promise<boolean> | undefined;
  #recovering: Promise<void> | undefined;
  #recoveries = 0;
  #isWatching = false;

  constructor(parts: OutageBreakerParts) {
    this.#parts = parts;
  }

  get state(): OutageState {
    return this.#state;
  }

  get scope(): OutageScope {
    return this.#scope;
  }

  /** When the outage began that is not over yet: ISO-8601 UTC. */
  get since(): string | undefined {
    return this.#since;
  }

  /** How often the server was brought up to date: what it said before the last time tells nothing any more. */
  get recoveries(): number {
    return this.#recoveries;
  }

  /** Ends with the recovery that is under way. */
  async recovered(): Promise<void> {
    await this.#recovering;
  }

  /**
   * Says whether `error` is an outage, and opens if it is.
   *
   * @returns `false` for any other error: it is the caller's.
   */
  notice(error: unknown): boolean {
    if (error instanceof StorageAuthenticationError) {
      this.#cause = error;
      this.#enter('fatal');
      return false;
    }
    const scope = scopeOf(error);
    if (scope === undefined || this.#state === 'fatal') return false;
    this.#open(scope, error);
    return true;
  }

  /** The error for somebody who cannot be served now. */
  refusal(): Error {
    const { place, probeMs } = this.#parts;
    if (this.#state === 'fatal' && this.#cause !== undefined) return this.#cause;
    if (this.#scope === 'writes' && this.#cause !== undefined) return this.#cause;
    return new StorageUnavailableError(place, this.#cause, probeMs);
  }

  /**
   * Looks whether the server has lost something, and begins to bring it up to date if it has.
   *
   * @returns whether anything changed, so that an operation is worth another try.
   */
  async check(): Promise<boolean> {
    // A look that is under way may have been taken before the loss that is to be found.
    if ((await this.#checking) === true) return true;
    if (this.#state !== 'closed') return this.#state !== 'fatal';
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  /** Reconciles now; for what a process that died has left. */
  async begin(): Promise<void> {
    await this.#recover();
  }

  close(): void {
    this.#stopped.abort();
  }

  async #check(): Promise<boolean> {
    try {
      if (!(await this.#parts.hasChanged())) return false;
    } catch (error) {
      return this.notice(error);
    }
    if (this.#state !== 'closed') return this.state !== 'fatal';
    this.#parts.report('storage-server-changed', { place: this.#parts.place });
    void this.#recover();
    return true;
  }

  #open(scope: OutageScope, cause: unknown): void {
    this.#cause = cause instanceof Error ? cause : new Error(String(cause));
    const isRunning = this.#state === 'open' || this.#state === 'half-open';
    // An outage of everything that follows one of writes is the greater one.
    this.#scope = isRunning && this.#scope === 'all' ? 'all' : scope;
    if (isRunning) return;
    this.#since ??= this.#parts.clock.now();
    this.#enter('open');
    if (!this.#isWatching) void this.#watch();
  }

  async #watch(): Promise<void> {
    this.#isWatching = true;
    try {
      await this.#watchUntilBack();
    } finally {
      this.#isWatching = false;
    }
  }

  async #watchUntilBack(): Promise<void> {
    while (this.#state === 'open') {
      try {
        await delay(this.#parts.probeMs, undefined, { signal: this.#stopped.signal, ref: false });
      } catch {
        return;
      }
      this.#enter('half-open');
      try {
        await this.#parts.probe();
      } catch (error) {
        this.#enter('open');
        this.#scope = scopeOf(error) ?? 'all';
        if (error instanceof StorageAuthenticationError) this.notice(error);
        continue;
      }
      await this.#recover();
    }
  }

  /** One after the other: two at once would take each other's work for somebody else's. */
  async #recover(): Promise<void> {
    const former = this.#recovering;
    const work = former === undefined ? this.#bringUpToDate() : this.#afterwards(former);
    this.#recovering = work;
    await work;
    if (this.#recovering === work) this.#recovering = undefined;
  }

  async #afterwards(former: Promise<void>): Promise<void> {
    await former;
    await this.#bringUpToDate();
  }

  /** Brings the server up to date, and closes; opens where that fails. */
  async #bringUpToDate(): Promise<void> {
    this.#enter('reconcile');
    try {
      do await this.#parts.reconcile();
      while (this.#state === 'reconcile' && this.#parts.isBehind());
      this.#recoveries += 1;
    } catch (error) {
      if (this.notice(error)) return;
      if (this.state === 'fatal') return;
      const code = isPhasegateError(error) ? error.code : 'unknown';
      this.#parts.report('storage-reconcile-failed', { place: this.#parts.place, code });
      this.#open('all', error);
      return;
    }
    if (this.#state !== 'reconcile') return;
    this.#since = undefined;
    this.#cause = undefined;
    this.#enter('closed');
  }

  #enter(state: OutageState): void {
    const from = this.#state;
    if (from === state || from === 'fatal') return;
    this.#state = state;
    const cause = isPhasegateError(this.#cause) ? this.#cause.code : 'none';
    this.#parts.report('storage-state-changed', {
      place: this.#parts.place,
      from,
      to: state,
      scope: this.#scope,
      cause,
    });
  }
}

function scopeOf(error: unknown): OutageScope | undefined {
  if (!isPhasegateError(error)) return undefined;
  if (error.code === 'STORAGE_UNAVAILABLE') return 'all';
  return error.code === 'STORAGE_FULL' || error.code === 'STORAGE_IO' ? 'writes' : undefined;
}
