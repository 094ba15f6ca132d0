import { randomBytes } from 'node:crypto';

import { scanText, type ScanOptions } from '../scan-text.ts';
import type { Redacted } from './redact.ts';
import { replaceFindings } from './replace.ts';

const TOKEN_BYTES = 16;
const TOKEN = /<[A-Z][A-Z0-9_]{0,63}#([A-Za-z0-9_-]{22})>/g;

/** Where values are kept whose tokens stand in texts. What is forgotten there cannot be had again. */
export interface TokenVault {
  /** Keeps a value, and gives its token: 22 characters of base64url that say nothing of it. The same for an equal value. */
  keep(type: string, value: string): Promise<string>;
  /** Gives the value of a token; undefined if it is unknown or was forgotten. */
  find(token: string): Promise<string | undefined>;
  /** Forgets the values of tokens; gives how many there were. */
  forget(tokens: readonly string[]): Promise<number>;
}

/** What to look for, and where to keep it. */
export interface TokenOptions extends ScanOptions {
  readonly vault: TokenVault;
}

/**
 * Puts tokens in the places of data of persons and secrets: `<TYPE#token>`. Unlike a pseudonym a token holds nothing: who
 * has the text and every key, but not the vault, has nothing.
 *
 * @throws what {@link scanText} and the vault throw.
 */
export async function tokenise(text: string, options: TokenOptions): Promise<Redacted> {
  const findings = scanText(text, options);
  const tokens = new Map<number, string>();
  for (const { type, start, end } of findings) {
    tokens.set(start, await options.vault.keep(type, text.slice(start, end)));
  }
  const replaced = replaceFindings(
    text,
    findings,
    ({ type, start }) => `<${type}#${tokens.get(start) ?? ''}>`,
  );
  return Object.freeze({ text: replaced, findings });
}

/** Puts the values back in the places of their tokens; those that were forgotten stay tokens. */
export async function detokenise(text: string, vault: TokenVault): Promise<string> {
  const values = new Map<string, string>();
  for (const [, token = ''] of text.matchAll(TOKEN)) {
    const value = values.get(token) ?? (await vault.find(token));
    if (value !== undefined) values.set(token, value);
  }
  return text.replaceAll(TOKEN, (whole, token: string) => values.get(token) ?? whole);
}

/** Makes a vault that ends with this process. @param random - Gives random bytes; the system's unless told. */
export function memoryTokenVault(random: (bytes: number) => Uint8Array = randomBytes): TokenVault {
  const tokens = new Map<string, string>();
  const values = new Map<string, { readonly value: string; readonly key: string }>();
  return Object.freeze({
    keep: async (type: string, value: string) => {
      const key = JSON.stringify([type, value]);
      const known = tokens.get(key);
      if (known !== undefined) return known;
      const token = Buffer.from(random(TOKEN_BYTES)).toString('base64url');
      tokens.set(key, token);
      values.set(token, { value, key });
      return token;
    },
    find: async (token: string) => values.get(token)?.value,
    forget: async (given: readonly string[]) => {
      let count = 0;
      for (const token of given) {
        const entry = values.get(token);
        if (entry === undefined) continue;
        values.delete(token);
        tokens.delete(entry.key);
        count += 1;
      }
      return count;
    },
  });
}
