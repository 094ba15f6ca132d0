import { z } from 'zod';

import { UnreadableRowError } from '../../errors/index.ts';

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
