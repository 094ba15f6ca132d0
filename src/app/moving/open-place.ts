import type { ThreadMoves } from '../../storage/index.ts';
import type { App } from '../open-app.ts';
import { keptAs } from '../store/kept-as.ts';
import { recordedRollbacks } from '../store/recorded-rollbacks.ts';

/** Which store a thread is moved out of or into: the data folder, or a Redis server. */
export interface MovingPlace {
  /** Such as `redis://127.0.0.1:6379/0`; the data folder when it is undefined. */
  readonly redis?: string | undefined;
}

/** An opened store, and its own list of threads. Close it when done. */
export interface OpenedPlace extends AsyncDisposable {
  readonly store: ThreadMoves & Pick<App['storage'], 'lockThread'>;
  /** The list of threads that whoever works on that store looks into. */
  readonly threads: App['storage']['threads'];
  readonly checkpointer: App['storage']['checkpointer'];
}

/** Opens the store that a command names: the application's own, or a Redis server. */
export async function openPlace(app: App, { redis }: MovingPlace): Promise<OpenedPlace> {
  const { storage, logger, config } = app;
  if (redis === undefined) {
    const nothing = async (): Promise<void> => undefined;
    const { checkpointer, threads } = storage;
    return { store: storage, checkpointer, threads, [Symbol.asyncDispose]: nothing };
  }
  // Loaded when it is asked for: most commands never speak to a server.
  const { openRedisStorage } = await import('../../storage/backends/redis/index.ts');
  const opened = await openRedisStorage({
    ...keptAs(config.storage),
    url: redis,
    stateKeys: storage.stateKeys(),
    logger,
  });
  return {
    store: recordedRollbacks(opened, app.audit),
    checkpointer: opened.checkpointer,
    threads: opened.threads,
    [Symbol.asyncDispose]: async () => opened.close(),
  };
}
