import { z } from 'zod';

import { checkpointFile } from './checkpoint-file.ts';

const Line = z.object({ place: z.string(), origin: z.string() });

/** Which chain was begun last under a name, as the directory of the key remembers it. */
export interface BegunChains {
  origin(chain: string): string | undefined;
  note(origin: string): void;
}

/**
 * Remembers outside the database which chains were begun in it, one line each, so that a database that is gone is told from
 * one that never was.
 *
 * @param place - What the database is called.
 */
export function begunChains(path: string, place: string): BegunChains {
  const file = checkpointFile(path);
  return Object.freeze({
    origin: (chain: string) =>
      file
        .lines()
        .map(originIn(place))
        .findLast((origin) => origin?.startsWith(`${chain}/`)),
    note: (origin: string) => file.keep([JSON.stringify({ place, origin })]),
  });
}

function originIn(place: string): (line: string) => string | undefined {
  return (line) => {
    const read = readLine(line);
    return read?.place === place ? read.origin : undefined;
  };
}

/** Half a line that a crash has left says nothing; it is noted again at the next opening. */
function readLine(line: string): z.infer<typeof Line> | undefined {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
