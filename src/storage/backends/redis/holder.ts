import { z } from 'zod';

import { ThreadInterruptedError, UnreadableRowError } from '../../errors/index.ts';
import { bufferOf } from './answers.ts';
import type { Answer } from './client.ts';

const Holder = z.object({ owner: z.string(), pid: z.int(), since: z.string() });

/** Who holds a thread. */
export type Holder = Readonly<z.infer<typeof Holder>>;

/** Gives the text that stands in the store for a holder. */
export function writeHolder({ owner, pid, since }: Holder): string {
  return JSON.stringify({ owner, pid, since });
}

/** @throws {@link UnreadableRowError} */
export function readHolder(text: Buffer): Holder {
  try {
    return Holder.parse(JSON.parse(text.toString()));
  } catch (error) {
    throw new UnreadableRowError('thread lock', error);
  }
}

/** Reads by whom a lease was broken, and how. */
export function interruptedBy(
  thread: string,
  [how, by]: readonly Answer[],
): ThreadInterruptedError {
  const { owner } = readHolder(bufferOf(by));
  const isRollback = bufferOf(how).toString() === 'rollback';
  return new ThreadInterruptedError(thread, { owner, how: isRollback ? 'rollback' : 'interrupt' });
}
