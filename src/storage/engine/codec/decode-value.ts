import { DeltaSnapshot } from '@langchain/langgraph-checkpoint';

import { reviveBinary } from './binary.ts';
import { TAG } from './encode-value.ts';
import { messageOfRecord } from './messages.ts';

/**
 * Gives the value that {@link encodeValue} wrote. Nothing but the closed list of kinds below is ever constructed:
 * a LangChain constructor record found in the data stays the plain object that it is.
 *
 * @throws TypeError or SyntaxError for a text that was not written by it.
 */
export function decodeValue(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return text.includes(`"${TAG}"`) ? revive(parsed) : parsed;
}

/** What a tag stands for, by its kind. */
const REVIVERS: ReadonlyMap<unknown, (first: unknown, second: unknown) => unknown> = new Map<
  unknown,
  (first: unknown, second: unknown) => unknown
>([
  ['u', () => undefined],
  ['n', (text) => Number(textOf(text))],
  ['i', (text) => BigInt(textOf(text))],
  ['D', (time) => new Date(Number(revive(time)))],
  ['B', (text) => Uint8Array.from(Buffer.from(textOf(text), 'base64'))],
  ['b', (kind, bytes) => reviveBinary(textOf(kind), textOf(bytes))],
  ['L', (href) => new URL(textOf(href))],
  ['S', (items) => new Set(itemsOf(items).map(revive))],
  ['M', (entries) => new Map(itemsOf(entries).map(entryOf))],
  ['R', (source, flags) => new RegExp(textOf(source), textOf(flags))],
  ['E', (name, message) => reviveError(textOf(name), textOf(message))],
  ['d', (value) => new DeltaSnapshot(revive(value))],
  ['m', (kind, fields) => messageOfRecord(kind, reviveMembers(objectOf(fields)))],
  ['o', (entries) => Object.fromEntries(itemsOf(entries).map(memberOf))],
]);

/** Revives in place: the tree was parsed just now and belongs to nobody else. */
function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (typeof item === 'object' && item !== null) value[index] = revive(item);
    }
    return value;
  }
  if (!Object.hasOwn(value, TAG)) return reviveMembers(value);
  const [kind, first, second] = itemsOf(Reflect.get(value, TAG));
  const reviver = REVIVERS.get(kind);
  if (reviver === undefined) throw new TypeError('a stored value of an unknown kind');
  return reviver(first, second);
}

function reviveMembers(value: object): object {
  for (const key of Object.keys(value)) {
    const member: unknown = Reflect.get(value, key);
    if (typeof member !== 'object' || member === null) continue;
    const revived = revive(member);
    // defineProperty: setting "__proto__" would change the prototype instead.
    if (revived !== member) {
      Object.defineProperty(value, key, {
        value: revived,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
  }
  return value;
}

function reviveError(name: string, message: string): Error {
  const error = new Error(message);
  if (name !== error.name) {
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  }
  return error;
}

function entryOf(entry: unknown): [unknown, unknown] {
  const [key, value] = itemsOf(entry);
  return [revive(key), revive(value)];
}

function memberOf(entry: unknown): [string, unknown] {
  const [key, value] = itemsOf(entry);
  return [textOf(key), revive(value)];
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('expected a text in a stored value');
  return value;
}

function itemsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list in a stored value');
  return value;
}

function objectOf(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('expected an object in a stored value');
  }
  return value;
}
