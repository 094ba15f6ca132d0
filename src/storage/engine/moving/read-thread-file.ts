import { isPhasegateError } from '../../../kernel/index.ts';
import { ThreadFileError } from '../../errors/index.ts';
import type { KeyMaterial, Keyring } from '../seals/index.ts';
import type { MovingCheckpoint } from './departing.ts';
import { FileHeader, FileLine } from './line-bodies.ts';
import { isLineSound, splitLine, type SealedLine } from './line-seal.ts';
import { splitLines } from './split-lines.ts';

/** A file whose first line was checked; the rest is read and checked on the way. */
export interface OpenedFile {
  readonly header: FileHeader;
  /** @throws ThreadFileError at the first line that is not what was sealed, and where the end is missing. */
  readonly checkpoints: () => AsyncGenerator<MovingCheckpoint>;
  /** Gives an error that came of the line that was read last, with its number. */
  readonly explained: (error: unknown) => unknown;
}

/**
 * Opens the export of a thread.
 *
 * @throws {@link ThreadFileError} for a file that was never ours, or that no key of the ring sealed.
 */
export async function openThreadFile(
  keys: Keyring,
  chunks: AsyncIterable<Uint8Array | string>,
): Promise<OpenedFile> {
  const lines = splitLines(chunks);
  const reader = new LineReader(lines);
  const { header, key } = await reader.first(keys);
  return {
    header,
    checkpoints: () => checkpointsOf(reader, { header, key }),
    explained: (error) =>
      isPhasegateError(error) && error.code === 'STORAGE_INTEGRITY'
        ? new ThreadFileError(reader.number, String(error.details['found']), error)
        : error,
  };
}

class LineReader {
  number = 0;
  readonly #lines: AsyncGenerator<string>;
  #previous = '';

  constructor(lines: AsyncGenerator<string>) {
    this.#lines = lines;
  }

  async first(keys: Keyring): Promise<{ readonly header: FileHeader; readonly key: KeyMaterial }> {
    const line = await this.#take();
    if (line === undefined) throw new ThreadFileError(1, 'the file is empty');
    const header = this.#parsed(FileHeader, line.body);
    const key = keys.find(header.keyId);
    if (key === undefined) {
      throw new ThreadFileError(
        1,
        `it was sealed with the key "${header.keyId}", which is not known here`,
      );
    }
    this.#check(key, line);
    return { header, key };
  }

  /** The next line, or `undefined` behind the last one. */
  async next(key: KeyMaterial): Promise<ReturnType<typeof FileLine.parse> | undefined> {
    const line = await this.#take();
    if (line === undefined) return undefined;
    this.#check(key, line);
    return this.#parsed(FileLine, line.body);
  }

  async #take(): Promise<SealedLine | undefined> {
    const { done, value } = await this.#lines.next();
    if (done === true) return undefined;
    this.number += 1;
    const line = splitLine(value);
    if (line === undefined) throw new ThreadFileError(this.number, 'it is no line of an export');
    return line;
  }

  #check(key: KeyMaterial, line: SealedLine): void {
    if (!isLineSound(key, this.#previous, line)) {
      const found = 'it, or the order of the lines before it, is not what was exported';
      throw new ThreadFileError(this.number, found);
    }
    this.#previous = line.mac;
  }

  #parsed<Value>(schema: { parse: (value: unknown) => Value }, body: string): Value {
    try {
      return schema.parse(JSON.parse(body));
    } catch (error) {
      throw new ThreadFileError(this.number, 'it does not have the shape of an export', error);
    }
  }
}

async function* checkpointsOf(
  reader: LineReader,
  { header, key }: { readonly header: FileHeader; readonly key: KeyMaterial },
): AsyncGenerator<MovingCheckpoint> {
  const counts = new Map<string, number>();
  let segments = new Map<string, Uint8Array>();
  for (;;) {
    const line = await reader.next(key);
    if (line === undefined)
      throw new ThreadFileError(reader.number, 'the file ends here, and is not whole');
    if ('end' in line) break;
    if ('segment' in line) segments.set(line.segment, line.bytes);
    else {
      const { ns, ...row } = line.checkpoint;
      counts.set(ns, (counts.get(ns) ?? 0) + 1);
      yield { ns, row, writes: line.writes, segments };
      segments = new Map();
    }
  }
  const isComplete = header.lanes.every(({ ns, count }) => counts.get(ns) === count);
  if (!isComplete || counts.size !== header.lanes.length) {
    throw new ThreadFileError(reader.number, 'it ends with other checkpoints than it began with');
  }
  if ((await reader.next(key)) !== undefined) {
    throw new ThreadFileError(reader.number, 'it stands behind the end');
  }
}
