import {
  destination as openDestination,
  pino,
  stdTimeFunctions,
  type DestinationStream,
} from 'pino';

import type { Facts, Logger } from '../kernel/index.ts';
import { LOG_FIELDS, NAME_FIELDS } from './log-fields.ts';
import { noticeWriter } from './notices.ts';
import { scrub } from './scrub.ts';

const STANDARD_ERROR = 2;
/** Counts and durations are shorter; a number of a card is not. */
const LONG_NUMBER = 1e11;
/** What the log says by itself; a fact of the same name would stand twice in the line. */
const RESERVED = new Set(['level', 'time', 'event']);

/** What {@link createLogger} takes. */
export interface LoggerOptions {
  /**
   * The least that is written; `silent` writes nothing. `notices` writes for a person: a sentence for each warning and error,
   * once, and no JSON.
   */
  readonly level: 'notices' | 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Takes each line, newline included. Standard error unless given. */
  readonly destination?: { write(line: string): void };
  /** Names of further facts that may be written, for workflows of one's own. They are scrubbed like all others. */
  readonly fields?: readonly string[];
}

/**
 * Gives a log that writes one JSON object a line: `level`, `time` (ISO-8601 UTC), `event`, and those facts that are on
 * the list of fields. Facts of other names are left out and counted in `dropped`; strings are scrubbed and cut.
 * Lines are written at once, so that none is lost when the process ends. With the level `notices`, sentences instead.
 */
export function createLogger(options: LoggerOptions): Logger {
  const writer = options.level === 'notices' ? noticing(options) : writingJson(options);
  const fields = new Set(
    [...LOG_FIELDS, ...(options.fields ?? [])].filter((name) => !RESERVED.has(name)),
  );
  const bind = (bound: Facts): Logger => {
    const line = (facts: Facts = {}): Facts => allowed({ ...bound, ...facts }, fields);
    return Object.freeze({
      debug: (event: string, facts?: Facts) => writer.debug(line(facts), scrub(event)),
      info: (event: string, facts?: Facts) => writer.info(line(facts), scrub(event)),
      warn: (event: string, facts?: Facts) => writer.warn(line(facts), scrub(event)),
      error: (event: string, facts?: Facts) => writer.error(line(facts), scrub(event)),
      child: (facts: Facts) => bind({ ...bound, ...facts }),
    });
  };
  return bind({});
}

type Writer = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (facts: Facts, event: string) => void>
>;

function writingJson({ level, destination }: LoggerOptions): Writer {
  return pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
    },
    destination ?? standardError(),
  );
}

function noticing({ destination }: LoggerOptions): Writer {
  const write = noticeWriter(destination && ((line) => destination.write(line)));
  const say = (facts: Facts, event: string): void => write(event, facts);
  const nothing = (): void => undefined;
  return { debug: nothing, info: nothing, warn: say, error: say };
}

function standardError(): DestinationStream {
  const stream = openDestination({ fd: STANDARD_ERROR, sync: true });
  // A closed pipe or a full disk under the log must not end the run that it describes.
  stream.on('error', () => undefined);
  return stream;
}

/** Checks values as well as names: what the types promise is not kept by every caller. */
function allowed(facts: Facts, fields: ReadonlySet<string>): Facts {
  const result: Record<string, string | number | boolean> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries(facts)) {
    const kept = fields.has(name) ? scalar(name, value) : undefined;
    if (kept === undefined) dropped += 1;
    else result[name] = kept;
  }
  return dropped === 0 ? result : { ...result, dropped };
}

function scalar(name: string, value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string') return scrub(value, NAME_FIELDS.has(name) ? 'name' : 'text');
  if (typeof value === 'number') return Number.isFinite(value) ? unlessPersonal(value) : undefined;
  return typeof value === 'boolean' ? value : undefined;
}

/** A number may be somebody's as well as a text may: of a card, say. */
function unlessPersonal(value: number): number | undefined {
  if (Math.abs(value) < LONG_NUMBER) return value;
  const text = String(value);
  return scrub(text, 'name') === text ? value : undefined;
}
