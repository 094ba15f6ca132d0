import { AsyncLocalStorage } from 'node:async_hooks';

import { isPhasegateError, type Logger } from '../../kernel/index.ts';

const heard = new AsyncLocalStorage<true>();

/** Runs `work` so that a refused write is told to its caller. */
export function hearingRefusals<Value>(work: () => Value): Value {
  return heard.run(true, work);
}

/**
 * Says what happens to a write that a channel refuses. Who writes by hand is told; a write that lies with a checkpoint is
 * left out and logged, because throwing would make every later look at that thread throw too.
 */
export function refusedWrites(logger: Logger): (error: unknown, channel: string) => void {
  return (error, channel) => {
    if (heard.getStore() === true) throw error;
    const code = isPhasegateError(error) ? error.code : 'WORKFLOW_WRITE_FAILED';
    logger.error('write-refused', { channel, code });
  };
}
