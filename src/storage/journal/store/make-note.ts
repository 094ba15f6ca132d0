import { operate } from '../operate.ts';
import { Entry, type JournaledStoreParts } from './entry.ts';

/** A note about a thread, and the two ways in which it can be made. */
export interface Noting<Value> {
  readonly thread: string;
  readonly text: string;
  readonly remotely: () => Promise<Value>;
  readonly locally: () => Value;
}

/** Makes a note about a thread: it goes to the server, or waits in the journal of a thread that goes on without it. */
export async function makeNote<Value>(
  parts: JournaledStoreParts,
  { thread, text, remotely, locally }: Noting<Value>,
): Promise<Value> {
  const entry = new Entry(parts, thread, { kind: 'note', text });
  return operate<Value>(parts, {
    thread,
    kind: 'write',
    remotely: async () => {
      entry.send();
      return remotely();
    },
    locally: (known) => {
      entry.keep(known);
      return locally();
    },
    answered: () => entry.store(parts.threads.get(thread)),
    failed: () => entry.drop(),
  });
}
