import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Clock } from '../kernel/index.ts';
import * as identifiers from './fixtures/identifiers.ts';
import { scanText, type Detector } from './index.ts';

const FRAMES: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `Please note ${value}, thank you.`,
  (value) => `(${value})`,
  (value) => `{"field":"${value}"}`,
];
const KINDS: readonly (readonly [string, fc.Arbitrary<string>, string])[] = [
  ['EMAIL_ADDRESS', identifiers.emails, ''],
  ['CREDIT_CARD', identifiers.cards, ''],
  ['IBAN_CODE', identifiers.ibans, ''],
  ['US_SSN', identifiers.socialSecurityNumbers, ''],
  ['CRYPTO', identifiers.bitcoinAddresses, ''],
  ['UK_NHS', identifiers.nhsNumbers, 'NHS '],
  ['US_NPI', identifiers.providerNumbers, 'NPI '],
  ['ABA_ROUTING_NUMBER', identifiers.routingNumbers, 'routing number '],
];

describe.each(KINDS)('%s', (type, values, label) => {
  test('is found whatever it is, in any frame, at its place', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...FRAMES), (value, frame) => {
        const text = label + frame(value);
        const start = text.indexOf(value);
        expect(scanText(text)).toContainEqual({
          type,
          start,
          end: start + value.length,
          confidence: expect.any(Number),
        });
      }),
      { numRuns: 300 },
    );
  });

  test('is found in full-width digits, and with invisible characters in it', () => {
    fc.assert(
      fc.property(values, fc.boolean(), (value, isWide) => {
        const disguised = isWide
          ? value.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
          : [...value].join('\u200B');
        const text = `${label}${disguised}`;
        expect(scanText(text)).toContainEqual(
          expect.objectContaining({ type, start: label.length, end: text.length }),
        );
      }),
      { numRuns: 200 },
    );
  });
});

test('of what belongs to nobody at most two in a hundred are flagged', () => {
  const tokens = fc.sample(identifiers.benignTokens, { numRuns: 2_000, seed: 7 });
  const flagged = tokens.filter((token) => scanText(token).length > 0);
  expect(flagged.length / tokens.length).toBeLessThanOrEqual(0.02);
});

test('findings never overlap, stand in order, and lie in the text', () => {
  const piece = fc.oneof(
    ...KINDS.map(([, values]) => values),
    fc.string({ maxLength: 12 }),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom('', ' ', ', ', '/'),
      (pieces, joint) => {
        const text = pieces.join(joint);
        let last = 0;
        for (const { start, end } of scanText(text, { minConfidence: 0 })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});

test('bare digits are what the words before them say', () => {
  const typesOf = (text: string): readonly string[] => scanText(text).map(({ type }) => type);
  expect(typesOf('122105155')).toEqual([]);
  expect(typesOf('routing number 122105155')).toEqual(['ABA_ROUTING_NUMBER']);
  expect(typesOf('SSN 122105155')).toEqual(['US_SSN']);
  expect(typesOf('passport 122105155')).toEqual(['US_PASSPORT']);
  expect(typesOf('SSN on file, order 122105155')).toEqual([]);
  expect(scanText('122105155', { label: 'ssn' })).toEqual([
    { type: 'US_SSN', start: 0, end: 9, confidence: expect.any(Number) },
  ]);
});

test('an address in an address is found for itself', () => {
  const text = 'https://example.com/unsubscribe?who=anna@example.com&x=1';
  expect(scanText(text).map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([
    ['URL', 'https://example.com/unsubscribe?who='],
    ['EMAIL_ADDRESS', 'anna@example.com'],
  ]);
});

test('looks for the types that are asked for, with the confidence that is asked for', () => {
  const text = 'anna@example.com at 2026-01-15T10:30:00Z';
  expect(scanText(text, { types: ['DATE_TIME'] })).toEqual([]);
  const all = scanText(text, { minConfidence: 0.3 });
  expect(all.map(({ type }) => type)).toEqual(['EMAIL_ADDRESS', 'DATE_TIME']);
});

describe('a detector of the user', () => {
  const names: Detector = {
    name: 'names',
    detect: (text) =>
      [...text.matchAll(/Anna Bell/g)].map(({ index }) => ({
        type: 'PERSON',
        start: index,
        end: index + 9,
        confidence: 0.9,
      })),
  };

  test('finds what we do not', () => {
    const found = scanText('Anna Bell, anna@example.com', { detectors: [names] });
    expect(found.map(({ type }) => type)).toEqual(['PERSON', 'EMAIL_ADDRESS']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['points outside the text', () => [{ type: 'X', start: 0, end: 99, confidence: 1 }]],
    ['is surer than sure', () => [{ type: 'X', start: 0, end: 1, confidence: 2 }]],
  ])('that %s is an error, so that nothing passes unseen', (_what, detect) => {
    const detectors: readonly Detector[] = [{ name: 'faulty', detect }];
    expect(() => scanText('text', { detectors })).toThrow(
      expect.objectContaining({ code: 'PRIVACY_DETECTOR' }),
    );
  });
});

describe('a budget', () => {
  test('of characters that runs out is an error', () => {
    expect(() => scanText('x'.repeat(11), { maxCharacters: 10 })).toThrow(
      expect.objectContaining({ code: 'PRIVACY_BUDGET' }),
    );
  });

  test('of time that runs out is an error', () => {
    let passedMs = 0;
    const clock: Clock = {
      now: () => '2026-01-01T00:00:00.000Z',
      monotonicMs: () => {
        passedMs += 10;
        return passedMs;
      },
    };
    const text = 'anna@example.com '.repeat(500);
    expect(() => scanText(text, { maxMs: 50, clock })).toThrow(
      expect.objectContaining({ code: 'PRIVACY_BUDGET' }),
    );
    expect(scanText('no one here', { maxMs: 5_000, clock })).toEqual([]);
  });
});
