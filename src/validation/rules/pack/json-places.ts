import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';

import { InvalidRulePackError, type RulePackProblem } from '../../errors.ts';

/** Characters of a pack's text. */
const MAX_LENGTH = 4 * 1024 * 1024;
const MAX_DEPTH = 48;
/** Keys that could reach a prototype. */
const REFUSED_KEYS: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);

/** Line and column, counted from 1. */
export type Position = Pick<RulePackProblem, 'line' | 'column'>;
/** Where in a pack's tree something stands: keys of objects, indices of arrays. */
export type PlacePath = readonly (string | number)[];

/**
 * Tells where something stands in a pack's text: its key, or a character of its text, where that is asked for. Given by the
 * loader of a format.
 */
export type Place = (
  path: PlacePath,
  detail?: { readonly key?: boolean; readonly character?: number },
) => Position;

/**
 * Reads JSON (RFC 8259, no comments) and keeps its places.
 *
 * @throws InvalidRulePackError for a mistake in the syntax, a key that is there twice, or a text that is too large.
 */
export function readJsonWithPlaces(
  text: string,
  file: string,
): { readonly value: unknown; readonly place: Place } {
  const start = { path: '', line: 1, column: 1 };
  if (text.length > MAX_LENGTH)
    throw new InvalidRulePackError(file, [{ ...start, message: 'The text is too large.' }]);
  if (isTooDeep(text))
    throw new InvalidRulePackError(file, [{ ...start, message: 'It is nested too deeply.' }]);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const positionAt = positions(text);
  const problems = errors.map(({ error, offset }) => ({
    path: '',
    message: `It is not JSON: ${printParseErrorCode(error)}.`,
    ...positionAt(offset),
  }));
  if (tree === undefined || problems.length > 0) {
    const empty = { ...start, message: 'The text is empty.' };
    throw new InvalidRulePackError(file, problems.length > 0 ? problems : [empty]);
  }
  const keys = refusedKeys(tree).map(({ value, offset }) => ({
    path: String(value),
    message: 'The key is reserved, or there twice.',
    ...positionAt(offset),
  }));
  if (keys.length > 0) throw new InvalidRulePackError(file, keys);
  const place: Place = (path, detail = {}) => positionAt(offsetOf({ tree, text }, path, detail));
  return { value: getNodeValue(tree), place };
}

function offsetOf(
  { tree, text }: { readonly tree: Node; readonly text: string },
  path: PlacePath,
  { key = false, character }: NonNullable<Parameters<Place>[1]>,
): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node === undefined) continue;
    if (length < path.length) return node.offset;
    if (key) return node.parent?.offset ?? node.offset;
    return character === undefined ? node.offset : offsetWithin(text, node, character);
  }
  return tree.offset;
}

/** Where a character of a string's value stands in the text, in which it may be written as an escape. */
function offsetWithin(text: string, { offset, length }: Node, character: number): number {
  let at = offset + 1;
  for (let count = 0; count < character && at < offset + length - 1; count += 1) {
    if (text[at] !== '\\') at += 1;
    else at += text[at + 1] === 'u' ? 6 : 2;
  }
  return at;
}

/** JSON.parse keeps the last of two equal keys, other readers the first: what was read would not be what runs. */
function refusedKeys(node: Node): Node[] {
  const found = (node.children ?? []).flatMap(refusedKeys);
  if (node.type !== 'object') return found;
  const seen = new Set<unknown>();
  for (const { children = [] } of node.children ?? []) {
    const [key] = children;
    if (key === undefined) continue;
    if (seen.has(key.value) || REFUSED_KEYS.has(key.value)) found.push(key);
    seen.add(key.value);
  }
  return found;
}

/** Looked at before the parser, which goes down by calling itself. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInText && character === '\\') index += 1;
    else if (character === '"') isInText = !isInText;
    else if (isInText) continue;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function positions(text: string): (offset: number) => Position {
  return (offset) => {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    return { line, column: offset - before.lastIndexOf('\n') };
  };
}
