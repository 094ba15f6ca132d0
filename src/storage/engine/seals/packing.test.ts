import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Compression } from '../../compression.ts';
import { createKeyring, unwrap, wrap } from './index.ts';
import { FORMS, loadLz4, MOST_UNPACKED_BYTES, packingOf, unpack } from './packing.ts';

const KEYS = createKeyring([randomBytes(32)]);
const LONG = Buffer.from('The same sentence, again and again. '.repeat(200));
const compressions = fc.constantFrom<Compression>('none', 'deflate', 'lz4');

function stored(bytes: Uint8Array, compression: Compression, isEncrypted = false): Uint8Array {
  const packing = packingOf({ compression, compressAboveBytes: 64 });
  return wrap(bytes, 'here', { packing, isEncrypted, key: KEYS.current });
}

/** What LZ4 stores, with another length in front of it. */
function lying(length: number): Uint8Array {
  const bytes = Buffer.from(stored(LONG, 'lz4'));
  bytes.writeUInt32LE(length, 1);
  return bytes;
}

test('gives back in every form what was stored, encrypted or not', () => {
  const contents = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => Buffer.from(text.repeat(20))),
  );
  fc.assert(
    fc.property(contents, compressions, fc.boolean(), (bytes, compression, isEncrypted) => {
      const opened = unwrap(stored(bytes, compression, isEncrypted), 'here', KEYS);
      expect(Buffer.compare(opened, bytes)).toBe(0);
    }),
  );
});

test('compresses in the form that is chosen, above the threshold, and where it helps', () => {
  expect(stored(LONG, 'none')).toHaveLength(1 + LONG.length);
  expect(stored(LONG, 'deflate').length).toBeLessThan(LONG.length / 10);
  expect(stored(LONG, 'lz4').length).toBeLessThan(LONG.length / 10);
  expect([stored(LONG, 'deflate')[0], stored(LONG, 'lz4')[0]]).toEqual([1, 4]);
  for (const bytes of [LONG.subarray(0, 64), randomBytes(2_000)]) {
    for (const compression of ['deflate', 'lz4'] as const) {
      expect(stored(bytes, compression)[0]).toBe(FORMS.plain);
    }
  }
});

test('what is chosen follows from either setting', () => {
  expect(packingOf({})).toBeUndefined();
  expect(packingOf({ compression: 'none', compressAboveBytes: 100 })).toBeUndefined();
  expect(packingOf({ compressAboveBytes: 100 })).toMatchObject({ form: 1, aboveBytes: 100 });
  expect(packingOf({ compression: 'lz4' })).toMatchObject({ form: 4, aboveBytes: 1_024 });
});

test('a length that cannot be is refused before the decompressor believes it', () => {
  const packed = stored(LONG, 'lz4').length - 1 - 4;
  for (const length of [255 * packed + 1, MOST_UNPACKED_BYTES + 1, 0xffffffff]) {
    expect(() => unwrap(lying(length), 'here', KEYS)).toThrow('impossible length');
  }
  expect(() => unwrap(Uint8Array.of(4, 1, 0), 'here', KEYS)).toThrow('impossible length');
  expect(() => unwrap(lying(LONG.length + 1), 'here', KEYS)).toThrow('another length');
  expect(() => unwrap(lying(LONG.length - 1), 'here', KEYS)).toThrow('too small');
});

test('what would become too long is refused in either form, and is not written by either', () => {
  const tooLong = Buffer.alloc(MOST_UNPACKED_BYTES + 1);
  for (const compression of ['deflate', 'lz4'] as const) {
    expect(stored(tooLong, compression)[0]).toBe(FORMS.plain);
  }
  const bomb = deflateRawSync(tooLong, { level: 1 });
  expect(bomb.length).toBeLessThan(1_000_000);
  expect(() => unpack(FORMS.deflate, bomb)).toThrow(
    expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }),
  );
});

test('whatever bytes are handed to it, it gives what they say or refuses them', () => {
  const forms = fc.constantFrom(...Object.values(FORMS), 3, 5, 255);
  fc.assert(
    fc.property(forms, fc.uint8Array({ maxLength: 300 }), (form, bytes) => {
      let opened: Uint8Array | undefined;
      try {
        opened = unpack(form, bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      if (opened !== undefined) expect(opened.length).toBeLessThanOrEqual(MOST_UNPACKED_BYTES);
      if (form === FORMS.plain) expect(opened).toEqual(bytes);
    }),
    { numRuns: 2_000 },
  );
});

test('bytes of LZ4 that are changed or cut short never end in anything but bytes or an error', () => {
  const packed = Buffer.from(stored(LONG, 'lz4')).subarray(1);
  const places = fc.nat({ max: packed.length - 1 });
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, bits, isCut) => {
      const changed = isCut ? packed.subarray(0, at) : Buffer.from(packed);
      if (!isCut) changed[at] = (changed[at] ?? 0) ^ bits;
      let opened: Uint8Array | undefined;
      try {
        opened = unpack(FORMS.lz4, changed);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      if (opened !== undefined) expect(opened).toHaveLength(changed.readUInt32LE());
    }),
    { numRuns: 2_000 },
  );
});

test('without the package it says what is missing, and what to do', () => {
  const cause = Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
  const load = (): never => {
    throw cause;
  };
  expect(() => loadLz4(load)).toThrow(
    expect.objectContaining({
      code: 'STORAGE_LZ4_MISSING',
      cause,
      message: expect.stringContaining('"lz4-napi"'),
      hint: expect.stringContaining('npm install lz4-napi'),
    }),
  );
});
