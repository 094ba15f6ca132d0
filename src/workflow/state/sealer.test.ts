import { createHmac } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { digestOf } from '../../kernel/index.ts';
import { createSealer } from './sealer.ts';

const key = new Uint8Array(32).fill(1);
const sealer = createSealer(key);
const bodies = fc.dictionary(
  fc.string({ minLength: 1 }).filter((name) => name !== '__proto__' && name !== 'seal'),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
  { minKeys: 1 },
);

test('gives the seal that openssl gives', () => {
  // printf 'phasegate/1/run/%s' "$(printf '{"a":1}' | sha256sum | cut -d' ' -f1)" |
  //   openssl dgst -sha256 -mac HMAC -macopt hexkey:0101...01 -binary | basenc --base64url
  expect(sealer.seal('run', { a: 1 }).seal).toBe('CerQZk49ve-FLFmVak9YszQkOc_mm4yyEBxoXGbyUtI');
});

test.each([
  ['of 32 bytes', new Uint8Array(32).fill(7)],
  ['as long as a block', new Uint8Array(64).fill(8)],
  ['longer than a block', new Uint8Array(131).fill(0xaa)],
])('gives the HMAC that node:crypto gives by a key %s', (_name, long) => {
  fc.assert(
    fc.property(bodies, (body) => {
      const text = `phasegate/1/answer/${digestOf(body)}`;
      const mac = createHmac('sha256', long).update(text).digest('base64url');
      expect(createSealer(long).seal('answer', body).seal).toBe(mac);
    }),
  );
});

test('holds for what was sealed, also after it was stored', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const record = sealer.seal('run', body);
      expect(sealer.verify('run', record)).toBe(true);
      expect(sealer.verify('run', JSON.parse(JSON.stringify(record)) as typeof record)).toBe(true);
      expect(createSealer(key).verify('run', record)).toBe(true);
    }),
  );
});

test('does not hold for any other content, kind, key or seal', () => {
  fc.assert(
    fc.property(bodies, bodies, (body, other) => {
      const { seal } = sealer.seal('run', body);
      const same = digestOf(body) === digestOf(other);
      expect(sealer.verify('run', { ...other, seal })).toBe(same);
      expect(sealer.verify('approval', { ...body, seal })).toBe(false);
      const foreign = createSealer(new Uint8Array(32).fill(2));
      expect(foreign.verify('run', { ...body, seal })).toBe(false);
      for (const wrong of [
        '',
        `${seal}=`,
        `${seal}A`,
        seal.slice(1),
        seal.toLowerCase(),
        '\uD800',
      ]) {
        if (wrong !== seal) expect(sealer.verify('run', { ...body, seal: wrong })).toBe(false);
      }
    }),
  );
});

test('covers a value by the digest beside it', () => {
  const value = { steps: ['a'] };
  const record = sealer.seal('artifact', { phase: 'plan', value, digest: digestOf(value) });
  expect(sealer.verify('artifact', { ...record })).toBe(true);
  const swapped = { ...record, value: { steps: ['b'] } };
  const redigested = { ...swapped, digest: digestOf(swapped.value) };
  expect(sealer.verify('artifact', swapped)).toBe(false);
  expect(sealer.verify('artifact', redigested)).toBe(false);
});

test('holds for nothing that is not JSON', () => {
  const { seal } = sealer.seal('run', { a: 1 });
  const record: Record<string, unknown> & { seal: string } = { a: 1, seal };
  record['self'] = record;
  expect(sealer.verify('run', record)).toBe(false);
  expect(sealer.verify('run', { a: Number.NaN, seal } as never)).toBe(false);
});

test('gives records that nobody can change afterwards', () => {
  const by = { roles: ['clerk'] };
  const record = sealer.seal('approval', { by });
  expect(() => record.by.roles.push('manager')).toThrow(TypeError);
  expect(sealer.verify('approval', record)).toBe(true);
});

test('does not remember a record that can still change', () => {
  const record = { ...sealer.seal('run', { a: { b: 1 } }), a: { b: 1 } };
  const shallow = Object.freeze(record);
  expect(sealer.verify('run', shallow)).toBe(true);
  shallow.a.b = 2;
  expect(sealer.verify('run', shallow)).toBe(false);
});

test('asks for a key of 32 bytes, and keeps a copy of it', () => {
  expect(() => createSealer(new Uint8Array(31))).toThrow(
    expect.objectContaining({ code: 'WORKFLOW_INVALID_OPTIONS' }),
  );
  const own = new Uint8Array(32).fill(3);
  const keeping = createSealer(own);
  const record = keeping.seal('run', { a: 1 });
  own.fill(0);
  expect(keeping.verify('run', { ...record })).toBe(true);
});
