import { createRequire } from 'node:module';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

import type * as lz4Napi from 'lz4-napi';

import type { CompressionOptions } from '../../compression.ts';
import { Lz4MissingError } from '../../errors/index.ts';

type Lz4 = Pick<typeof lz4Napi, 'compressSync' | 'uncompressSync'>;

/** The forms of bytes by the number that stands in front of them. */
export const FORMS = { plain: 0, deflate: 1, lz4: 4 } as const;
/** What is longer is kept as it is, so that nothing short can claim to become longer. */
export const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;
const DEFAULT_ABOVE_BYTES = 1_024;
const LENGTH_BYTES = 4;
/** A byte of LZ4 stands for at most so many. */
const MOST_PER_BYTE = 255;

/** How bytes are made shorter on their way into a store. */
export interface Packing {
  readonly aboveBytes: number;
  readonly form: number;
  pack(bytes: Uint8Array): Uint8Array;
}

/**
 * Gives how to compress, or `undefined` for not at all.
 *
 * @throws {@link Lz4MissingError}
 */
export function packingOf(options: CompressionOptions): Packing | undefined {
  const { compressAboveBytes: above } = options;
  const compression = options.compression ?? (above === undefined ? 'none' : 'deflate');
  const aboveBytes = above ?? DEFAULT_ABOVE_BYTES;
  if (compression === 'none') return undefined;
  if (compression === 'deflate') return { aboveBytes, form: FORMS.deflate, pack: deflate };
  const { compressSync } = lz4();
  return { aboveBytes, form: FORMS.lz4, pack: (bytes) => compressSync(bufferOf(bytes)) };
}

/**
 * Gives the bytes that were packed. No more memory is asked for than they may take.
 *
 * @throws Error for what was not packed in this form; {@link Lz4MissingError}.
 * @see RFC 1951 (DEFLATE); the LZ4 block format, behind its length in four bytes, the lowest first
 */
export function unpack(form: number, packed: Uint8Array): Uint8Array {
  if (form === FORMS.plain) return packed;
  if (form === FORMS.deflate) {
    return inflateRawSync(packed, { maxOutputLength: MOST_UNPACKED_BYTES });
  }
  if (form !== FORMS.lz4) throw new TypeError('stored bytes of an unknown form');
  const bytes = bufferOf(packed);
  const length = bytes.length < LENGTH_BYTES ? -1 : bytes.readUInt32LE();
  // The length is believed by the decompressor, which asks for the memory first.
  const most = Math.min(MOST_UNPACKED_BYTES, (bytes.length - LENGTH_BYTES) * MOST_PER_BYTE);
  if (length < 0 || length > most) throw new RangeError('packed bytes of an impossible length');
  const unpacked = lz4().uncompressSync(bytes);
  if (unpacked.length !== length) throw new RangeError('packed bytes of another length');
  return unpacked;
}

/** Loads the optional package. @throws {@link Lz4MissingError} */
export function loadLz4(load: (name: string) => unknown): Lz4 {
  try {
    return load('lz4-napi') as Lz4;
  } catch (error) {
    throw new Lz4MissingError(error);
  }
}

let loaded: Lz4 | undefined;

/** Loaded when it is first needed: most stores hold nothing of this form. */
function lz4(): Lz4 {
  return (loaded ??= loadLz4(createRequire(import.meta.url)));
}

function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: 1 });
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
