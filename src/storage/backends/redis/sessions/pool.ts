import { StorageClosedError } from '../../../errors/index.ts';
import type { Client } from '../client.ts';

/** Connections that are opened when they are first needed and used again and again, in turn. */
export interface Pool extends AsyncDisposable {
  take(): Promise<Client>;
}

/** Makes a pool of `size` connections; one that could not be opened is tried again the next time. */
export function createPool(size: number, open: () => Promise<Client>): Pool {
  const places: (Promise<Client> | undefined)[] = Array.from({ length: size }, () => undefined);
  let next = 0;
  let isClosed = false;
  return {
    take: async () => {
      if (isClosed) throw new StorageClosedError();
      const place = next;
      next = (next + 1) % size;
      const known = places[place];
      if (known !== undefined) return known;
      const opened = open();
      places[place] = opened;
      try {
        return await opened;
      } catch (error) {
        places[place] = undefined;
        throw error;
      }
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      const opened = places.filter((place) => place !== undefined);
      for (const result of await Promise.allSettled(opened)) {
        if (result.status === 'fulfilled') await result.value.close();
      }
    },
  };
}
