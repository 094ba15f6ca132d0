/**
 * How stored bytes are compressed, where it makes them shorter: DEFLATE keeps least, LZ4 takes least time and needs the
 * optional package `lz4-napi`. What is stored names its own form, and is read whatever is chosen here.
 */
export type Compression = 'none' | 'deflate' | 'lz4';

/** What of a storage is compressed; nothing, unless either is given. */
export interface CompressionOptions {
  /** `deflate` unless told, once `compressAboveBytes` is given. */
  readonly compression?: Compression | undefined;
  /** What is longer than so many bytes is compressed; 1,024 unless told, once `compression` is given. */
  readonly compressAboveBytes?: number | undefined;
}
