import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cards, emails, ibans } from '../fixtures/identifiers.ts';
import {
  detokenise,
  memoryTokenVault,
  pseudonymise,
  redact,
  revealPseudonyms,
  scanText,
  tokenise,
} from '../index.ts';

const key = new Uint8Array(32).fill(9);
const texts = fc
  .array(fc.oneof(cards, emails, ibans, fc.constantFrom('and then', 'ü 😀', 'order 17')), {
    maxLength: 8,
  })
  .map((parts) => parts.join(' | '));

describe('redact', () => {
  test('leaves nothing that is found again', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(scanText(redact(text).text)).toEqual([]);
      }),
    );
  });

  test('masks as it is told', () => {
    const maskOf = (_finding: unknown, value: string): string => `****${value.slice(-4)}`;
    expect(redact('pay 4111111111111111 now', { maskOf }).text).toBe('pay ****1111 now');
    expect(redact('mail anna@example.com').text).toBe('mail <EMAIL_ADDRESS>');
  });
});

describe('pseudonymise', () => {
  test('is turned back by who holds the key, and by nobody else', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { text: hidden, findings } = pseudonymise(text, { key });
        expect(revealPseudonyms(hidden, [key])).toBe(text);
        for (const { start, end } of findings) expect(hidden).not.toContain(text.slice(start, end));
        if (findings.length === 0) return;
        expect(() => revealPseudonyms(hidden, [new Uint8Array(32)])).toThrow(
          expect.objectContaining({ code: 'PRIVACY_PSEUDONYM' }),
        );
      }),
    );
  });

  test('gives the same for the same value, and another for another value, type or key', () => {
    const of = (text: string, with_ = key): string => pseudonymise(text, { key: with_ }).text;
    expect(of('anna@example.com')).toBe(of('anna@example.com'));
    expect(of('anna@example.com')).not.toBe(of('bert@example.com'));
    expect(of('anna@example.com')).not.toBe(of('anna@example.com', new Uint8Array(32)));
    expect(of('SSN 536221234').slice(-20)).not.toBe(of('passport 536221234').slice(-20));
  });

  test('has the form that is documented', () => {
    const { text } = pseudonymise('anna@example.com', { key });
    const body = /^<EMAIL_ADDRESS:([\w-]+)>$/.exec(text)?.[1] ?? '';
    expect(Buffer.from(body, 'base64url')).toHaveLength(12 + 'anna@example.com'.length + 16);
  });

  test('refuses one that was changed, moved to another type, or cut', () => {
    const { text } = pseudonymise('anna@example.com', { key });
    const at = text.length - 6;
    const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    for (const forged of [changed, text.replace('EMAIL_ADDRESS', 'PHONE_NUMBER')]) {
      expect(() => revealPseudonyms(forged, [key])).toThrow(
        expect.objectContaining({ code: 'PRIVACY_PSEUDONYM' }),
      );
    }
    expect(revealPseudonyms(text, [new Uint8Array(32), key])).toBe('anna@example.com');
    expect(() => pseudonymise('x', { key: new Uint8Array(31) })).toThrow(
      expect.objectContaining({ code: 'PRIVACY_KEY' }),
    );
  });
});

describe('tokenise', () => {
  test('keeps the values in the vault, until it forgets them', async () => {
    const vault = memoryTokenVault();
    const { text } = await tokenise('anna@example.com, bert@example.com, anna@example.com', {
      vault,
    });
    expect(text).toMatch(
      /^<EMAIL_ADDRESS#([\w-]{22})>, <EMAIL_ADDRESS#[\w-]{22}>, <EMAIL_ADDRESS#\1>$/,
    );
    expect(await detokenise(text, vault)).toBe(
      'anna@example.com, bert@example.com, anna@example.com',
    );
    const token = /#([\w-]{22})/.exec(text)?.[1] ?? '';
    expect(await vault.forget([token, 'unknown'])).toBe(1);
    expect(await detokenise(text, vault)).toMatch(/^<EMAIL_ADDRESS#.{22}>, bert@example\.com, </);
  });
});
