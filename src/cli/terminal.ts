import type { Readable, Writable } from 'node:stream';

import { createPaint, type Paint } from './rendering/paint.ts';

/** Where a command reads and writes. */
export interface Terminal {
  /** Whether a person sits there who can be asked: input and output are both a terminal. */
  readonly interactive: boolean;
  /** Whether output is a terminal that can redraw lines. */
  readonly live: boolean;
  /** Columns. */
  readonly width: number;
  /** Styles for standard output. */
  readonly paint: Paint;
  /** Styles for standard error. */
  readonly errorPaint: Paint;
  readonly input: Readable;
  readonly output: Writable;
  /** Writes a line to standard output. */
  out(text: string): void;
  /** Writes a line to standard error. */
  err(text: string): void;
  /** Writes bytes to standard output, as they are. */
  write(bytes: Uint8Array | string): void;
  /** Waits until everything written has left the process. */
  drain(): Promise<void>;
}

/** A stream that may be a terminal. */
type Stream<Kind> = Kind & { readonly isTTY?: boolean; readonly columns?: number };

/** What {@link createTerminal} takes: the process's own streams, or those of a test. */
export interface TerminalOptions {
  readonly input: Stream<Readable>;
  readonly output: Stream<Writable>;
  readonly error: Stream<Writable>;
  /** Whether the user's surroundings allow colours at all (NO_COLOR, TERM, --no-color). */
  readonly colours: boolean;
}

const DEFAULT_WIDTH = 100;
/** What a terminal has that does not say how wide it is (`stty cols 0`). */
const UNTOLD_WIDTH = 80;
const WIDEST = 120;

/** Gives the streams the shape that commands use. A reader that closes its end of a pipe ends output, never a run. */
export function createTerminal({ input, output, error, colours }: TerminalOptions): Terminal {
  mendWidth(output);
  const closed = new Set<Writable>();
  for (const stream of [output, error]) stream.on('error', () => closed.add(stream));
  const send = (stream: Writable, content: Uint8Array | string): void => {
    if (!closed.has(stream)) stream.write(content);
  };
  const live = output.isTTY === true;
  return Object.freeze({
    interactive: live && input.isTTY === true,
    live,
    get width() {
      return Math.min(output.columns ?? DEFAULT_WIDTH, WIDEST);
    },
    paint: createPaint(colours && live),
    errorPaint: createPaint(colours && error.isTTY === true),
    input,
    output,
    out: (text: string) => send(output, `${text}\n`),
    err: (text: string) => send(error, `${text}\n`),
    write: (content: Uint8Array | string) => send(output, content),
    drain: async () => {
      await Promise.all([drained(output, closed), drained(error, closed)]);
    },
  });
}

/** Gives a terminal that does not know its width one, also for those who ask the stream itself. */
function mendWidth(output: Stream<Writable>): void {
  const { columns } = output;
  if (columns === undefined || columns > 0) return;
  Object.defineProperty(output, 'columns', { value: UNTOLD_WIDTH, writable: true });
}

function drained(stream: Writable, closed: ReadonlySet<Writable>): Promise<void> {
  if (closed.has(stream)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('error', done);
      resolve();
    };
    stream.once('error', done);
    stream.write('', done);
  });
}
