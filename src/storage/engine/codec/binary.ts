/** The kinds of bytes that come back as what they were, besides Uint8Array. */
const MAKERS = {
  ArrayBuffer: (bytes: ArrayBuffer) => bytes,
  BigInt64Array: (bytes: ArrayBuffer) => new BigInt64Array(bytes),
  BigUint64Array: (bytes: ArrayBuffer) => new BigUint64Array(bytes),
  DataView: (bytes: ArrayBuffer) => new DataView(bytes),
  Float32Array: (bytes: ArrayBuffer) => new Float32Array(bytes),
  Float64Array: (bytes: ArrayBuffer) => new Float64Array(bytes),
  Int16Array: (bytes: ArrayBuffer) => new Int16Array(bytes),
  Int32Array: (bytes: ArrayBuffer) => new Int32Array(bytes),
  Int8Array: (bytes: ArrayBuffer) => new Int8Array(bytes),
  Uint16Array: (bytes: ArrayBuffer) => new Uint16Array(bytes),
  Uint32Array: (bytes: ArrayBuffer) => new Uint32Array(bytes),
  Uint8ClampedArray: (bytes: ArrayBuffer) => new Uint8ClampedArray(bytes),
} as const;

const KINDS: ReadonlyMap<string, (bytes: ArrayBuffer) => unknown> = new Map(Object.entries(MAKERS));

/** Tells whether an object is bytes of one of these kinds. */
export function isBinary(value: object): value is ArrayBuffer | ArrayBufferView {
  const isBytes = ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
  return isBytes && KINDS.has(kindOf(value));
}

/** Gives the kind and the bytes in base64, in the order of bytes of this machine, which is that of all that Node runs on. */
export function plainBinary(value: ArrayBuffer | ArrayBufferView): readonly [string, string] {
  const bytes = ArrayBuffer.isView(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : Buffer.from(value);
  return [kindOf(value), bytes.toString('base64')];
}

/**
 * Gives what {@link plainBinary} was given.
 *
 * @throws TypeError for a kind that is not in the list.
 */
export function reviveBinary(kind: string, base64: string): unknown {
  const make = KINDS.get(kind);
  if (make === undefined) throw new TypeError('stored bytes of an unknown kind');
  return make(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

function kindOf(value: object): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
