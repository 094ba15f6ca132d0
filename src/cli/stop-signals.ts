import process from 'node:process';

import { EXIT } from './exit-codes.ts';

/** The wish of the surroundings to stop. */
export interface StopSignals extends Disposable {
  /** Aborted at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** What the process ends with once stopped; undefined while nobody wants it to. */
  exitCode(): number | undefined;
}

/** The run was stopped from outside; the reason of the abort signal. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Listens for SIGINT and SIGTERM. The first one asks the run to stop where it can go on later; the second one ends the
 * process, which loses nothing either, because every finished step is stored.
 */
export function listenForStop(): StopSignals {
  const controller = new AbortController();
  let code: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    const next = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
    if (code !== undefined) process.exit(next);
    code = next;
    controller.abort(new Stopped(`Stopped by ${signal}.`));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    signal: controller.signal,
    exitCode: () => code,
    [Symbol.dispose]: () => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
    },
  };
}
