import fc from 'fast-check';
import { expect, test } from 'vitest';

import { canonicalJson, deepFrozen, digestOf, frozenJson, isDeepFrozen } from './index.ts';

const notJson = expect.objectContaining({ code: 'KERNEL_NOT_JSON' });

test('gives the text of RFC 8785, section 3.2.4', () => {
  const value: unknown = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
      String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  );
  expect(canonicalJson(value)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
      String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test('sorts keys by UTF-16 code units, as RFC 8785, section 3.2.3, does', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
  expect(Object.keys(JSON.parse(text) as object).filter((key) => key !== '1')).toEqual(
    sorted.filter((key) => key !== '1'),
  );
});

test('gives the digest that sha256sum gives for the canonical text', () => {
  // printf '{"a":"x","b":1}' | sha256sum
  expect(digestOf({ b: 1, a: 'x' })).toBe(
    'cdab067e9f3beb32d1252cfd63e492592fecbf591b0d08cadb24bb17f3864246',
  );
});

test('does not depend on the order of keys, and is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(canonicalJson(reversed(value))).toBe(text);
    }),
  );
});

test('gives one text for a long list of texts and for its parts', () => {
  const strange = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.array(strange, { minLength: 8 }), (texts) => {
      const joined = `[${texts.map((text) => canonicalJson(text)).join(',')}]`;
      expect(canonicalJson(texts)).toBe(joined);
    }),
  );
  expect(canonicalJson(Array.from({ length: 9 }, () => String.raw`\ud800`))).toContain('ud800');
  expect(() => canonicalJson(Array.from({ length: 9 }, () => '\uD800'))).toThrow(notJson);
});

test.each([
  ['NaN', Number.NaN],
  ['an infinity', Number.POSITIVE_INFINITY],
  ['a bigint', 1n],
  ['undefined', undefined],
  ['a function', () => 1],
  ['a symbol', Symbol('s')],
  ['half a character', '\uD800'],
  ['half a character as a key', { '\uDC00': 1 }],
  ['a cycle', cycle()],
])('is not there for %s', (_name, value) => {
  expect(() => canonicalJson(value)).toThrow(notJson);
  expect(() => frozenJson(value)).toThrow(notJson);
});

test.each([
  ['a Date', new Date(0)],
  ['a Map', new Map()],
  ['an object of a class', new URL('https://a.example')],
  ['an object without a known class', Object.create(Object.create(null) as object)],
  ['a prototype key', JSON.parse('{"a":{"__proto__":1}}')],
  ['a constructor key', { constructor: 1 }],
  ['a key that a serializer looks for', { lc: 1 }],
])('a frozen copy is not made of %s', (_name, value) => {
  expect(() => frozenJson(value)).toThrow(notJson);
});

test('a refusal names the place', () => {
  expect(() => frozenJson({ a: [{ b: Number.NaN }] })).toThrow('$.a[0].b');
});

test('a frozen copy is deep, and leaves the original as it was', () => {
  const original = { a: [{ b: 1, c: undefined }] };
  const copy = frozenJson(original);
  expect(copy).toEqual({ a: [{ b: 1 }] });
  expect(isDeepFrozen(copy as object)).toBe(true);
  expect(Object.isFrozen(original)).toBe(false);
  expect(Object.isFrozen(original.a[0])).toBe(false);
});

test('what is frozen on the surface is frozen all the way down, and not taken for it before', () => {
  const inner = { changed: false };
  const shallow = Object.freeze({ inner });
  const before = digestOf(shallow);
  inner.changed = true;
  expect(digestOf(shallow)).not.toBe(before);
  deepFrozen(shallow);
  expect(Object.isFrozen(inner)).toBe(true);
});

function cycle(): unknown {
  const self: Record<string, unknown> = {};
  self['self'] = self;
  return self;
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const);
  return Object.fromEntries(entries.toReversed());
}
