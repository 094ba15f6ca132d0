import { NotJsonError } from '../../kernel/index.ts';
import { ScanBudgetError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { scanText, type ScanOptions } from '../scan-text.ts';
import { createValueScan, isPlain, textsOf, type TextPlace } from '../scan-value.ts';
import { replaceFindings } from './replace.ts';

/** What to look for, and what to put in its place. */
export interface RedactOptions extends ScanOptions {
  /** What stands for a finding; `<EMAIL_ADDRESS>` and the like unless told. */
  readonly maskOf?: (finding: Finding, value: string) => string;
}

/** A text without what was found in it. */
export interface Redacted {
  readonly text: string;
  /** Places in the text as it was. */
  readonly findings: readonly Finding[];
}

const MAX_DEPTH = 128;

/** Takes data of persons and secrets out of a text. @throws what {@link scanText} throws. */
export function redact(text: string, options: RedactOptions = {}): Redacted {
  const findings = scanText(text, options);
  const maskOf = options.maskOf ?? typeMask;
  return Object.freeze({ text: replaceFindings(text, findings, maskOf), findings });
}

/**
 * Takes data of persons and secrets out of every text, number and key of a JSON value. A number that has to go becomes
 * its mask; keys that become equal are numbered.
 *
 * @returns A copy; the value is left as it is.
 * @throws what {@link scanValue} throws.
 */
export function redactValue(value: unknown, options: RedactOptions = {}): unknown {
  const scan = createValueScan(options);
  const maskOf = options.maskOf ?? typeMask;
  const clean = (place: TextPlace): string => replaceFindings(place.text, scan(place), maskOf);
  return cleanValue(value, [], clean);
}

function cleanValue(
  value: unknown,
  path: readonly (string | number)[],
  clean: (place: TextPlace) => string,
): unknown {
  if (path.length > MAX_DEPTH) throw new ScanBudgetError('depth', MAX_DEPTH);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => cleanValue(item, [...path, index], clean));
  }
  if (isPlain(value)) {
    const cleaned: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [key, member] of Object.entries(value)) {
      const name = clean({ text: key, path: [...path, key], in: 'key' });
      cleaned[freeName(cleaned, name)] = cleanValue(member, [...path, key], clean);
    }
    return { ...cleaned };
  }
  if (typeof value === 'object' && value !== null) throw new NotJsonError('$', 'object');
  for (const place of textsOf(value, path)) {
    const text = clean(place);
    return text === place.text ? value : text;
  }
  return value;
}

function freeName(taken: Readonly<Record<string, unknown>>, name: string): string {
  let free = name;
  for (let number = 2; free in taken; number += 1) free = `${name} ${number}`;
  return free;
}

function typeMask({ type }: Finding): string {
  return `<${type}>`;
}
