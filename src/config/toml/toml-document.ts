import { TextDecoder } from 'node:util';

import { parse, TomlDate, TomlError } from 'smol-toml';
import { parseTOML, ParseError, type AST } from 'toml-eslint-parser';

import type { Path, Place, Problem } from '../problem.ts';

/** A table as parsed: plain nested objects without a prototype; dates are ISO-8601 text. */
export interface Table {
  readonly [key: string]: unknown;
}

/** Where a key and its value stand. */
export interface Spot {
  readonly key: Place;
  readonly value: Place;
}

/** The places of a file's keys, by {@link spotKey}. */
export type Spots = ReadonlyMap<string, Spot>;

/** A TOML file that was read: its content, and where each key and value stands. */
export interface TomlDocument {
  readonly value: Table;
  readonly spots: Spots;
}

/** Gives the key under which `spots` file a path. */
export function spotKey(path: Path): string {
  return JSON.stringify(path);
}

/**
 * Reads the bytes of a TOML file: UTF-8, with or without a byte-order mark, LF or CRLF.
 *
 * @param file - The name to show in problems.
 * @returns The document, or the one problem that stops reading.
 */
export function readToml(file: string, bytes: Uint8Array): TomlDocument | Problem {
  const text = decode(bytes);
  if (typeof text !== 'string')
    return { kind: 'encoding', path: '', message: NOT_UTF8, place: { file, ...text } };
  try {
    return {
      value: tableOf(parse(text)),
      spots: spotsOf(file, parseTOML(text, { tomlVersion: '1.1' })),
    };
  } catch (error) {
    return syntaxProblem(file, error);
  }
}

const NOT_UTF8 = 'not valid UTF-8. Save the file as UTF-8.';

interface LineColumn {
  readonly line: number;
  readonly column: number;
}

function decode(bytes: Uint8Array): string | LineColumn {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The longest valid beginning ends where the first bad byte stands; a cut-off character shows as U+FFFD.
    const lines = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1).join('').split('\n');
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  }
}

function syntaxProblem(file: string, error: unknown): Problem {
  const problem = (message: string, { line, column }: LineColumn): Problem => ({
    kind: message.includes('redefine') ? 'duplicate-key' : 'syntax',
    place: { file, line, column },
    path: '',
    message: message.includes('redefine')
      ? 'this key or table is already defined above.'
      : `${message}.`,
  });
  if (error instanceof TomlError) {
    // Only the first line: the rest of the vendor's message quotes the file, which may hold a secret.
    const [first = ''] = error.message.split('\n');
    return problem(first.replace('Invalid TOML document: ', ''), error);
  }
  if (error instanceof ParseError) {
    return problem(error.message, { line: error.lineNumber, column: error.column + 1 });
  }
  throw error;
}

function tableOf(table: object): Table {
  const result: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(table)) result[key] = plain(value);
  return result;
}

function plain(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null ? tableOf(value) : value;
}

function spotsOf(file: string, program: AST.TOMLProgram): Spots {
  const spots = new Map<string, Spot>();
  const place = ({ loc }: AST.TOMLNode): Place => ({
    file,
    line: loc.start.line,
    column: loc.start.column + 1,
  });
  const visit = (base: Path, { key, value }: AST.TOMLKeyValue): void => {
    let path = base;
    for (const part of key.keys) {
      path = [...path, keyName(part)];
      if (!spots.has(spotKey(path)))
        spots.set(spotKey(path), { key: place(part), value: place(part) });
    }
    const first = key.keys[0] ?? key;
    spots.set(spotKey(path), { key: place(first), value: place(value) });
    visitValue(path, value);
  };
  const visitValue = (path: Path, value: AST.TOMLContentNode): void => {
    if (value.type === 'TOMLInlineTable') for (const entry of value.body) visit(path, entry);
    if (value.type !== 'TOMLArray') return;
    for (const [index, element] of value.elements.entries()) {
      const inner = [...path, index];
      spots.set(spotKey(inner), { key: place(element), value: place(element) });
      visitValue(inner, element);
    }
  };
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      visit([], node);
      continue;
    }
    for (let length = 1; length <= node.resolvedKey.length; length += 1) {
      const key = spotKey(node.resolvedKey.slice(0, length));
      const whole = length === node.resolvedKey.length;
      if (whole || !spots.has(key)) spots.set(key, { key: place(node), value: place(node) });
    }
    for (const entry of node.body) visit(node.resolvedKey, entry);
  }
  return spots;
}

function keyName(part: AST.TOMLBare | AST.TOMLQuoted): string {
  return part.type === 'TOMLBare' ? part.name : part.value;
}
