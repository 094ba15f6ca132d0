import { UnstorableValueError } from '../../errors/index.ts';
import { isBinary, plainBinary } from './binary.ts';
import { recordOfMessage } from './messages.ts';

/** The one member of an object that stands for something JSON has no word for. */
export const TAG = '$phasegate';

/** Deeper than any state that is meant; a value that contains itself ends here. */
const MAX_DEPTH = 400;

const UNDEFINED = tagged('u');

/**
 * Gives the JSON text that {@link decodeValue} turns back into an equal value: plain data, `undefined`, every number,
 * bigint, Date, Map, Set, RegExp, URL, Error (name and message), typed arrays, ArrayBuffer, DataView, and the messages
 * of LangChain. Instances of other classes are kept as the plain data of their own members, or of their `toJSON`.
 *
 * @param name - Where the value is, such as the name of its channel; for the message of an error.
 * @throws {@link UnstorableValueError} for a function, a symbol, and an object whose content cannot be seen, with its path;
 * TypeError for a value that is nested over 400 levels or contains itself; what a getter in it throws.
 */
export function encodeValue(value: unknown, name = ''): string {
  try {
    return JSON.stringify(plainOf(value, 0));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new UnstorableValueError(`value at ${pathTo(value, name)} (${error.message})`, error);
  }
}

/** Said of what no text could bring back. */
class Refused extends TypeError {}

/** Looks again for what was refused: only a value that is refused pays for its path. */
function pathTo(value: unknown, path: string): string {
  for (const [step, part] of partsOf(value)) {
    try {
      plainOf(part, 0);
    } catch {
      return pathTo(part, `${path}${step}`);
    }
  }
  return path === '' ? 'its top' : path;
}

function partsOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [`[${index}]`, item]);
  if (value instanceof Map) {
    return [...value].flatMap(([key, item], index) => [
      [`[key ${index}]`, key],
      [`[value ${index}]`, item],
    ]);
  }
  if (value instanceof Set) return [...value].map((item: unknown, index) => [`[${index}]`, item]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, member]): [string, unknown] => [`.${key}`, member]);
}

/** Gives `value` itself where it is plain JSON, and a copy in which tags stand for the rest where it is not. */
function plainOf(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return plainNumber(value);
    case 'bigint':
      return tagged('i', value.toString());
    case 'object':
      return value === null ? null : plainObject(value, depth);
    case 'undefined':
      return UNDEFINED;
    case 'function':
    case 'symbol':
      throw new Refused(`a ${typeof value}`);
  }
}

function plainNumber(value: number): unknown {
  if (Object.is(value, -0)) return tagged('n', '-0');
  return Number.isFinite(value) ? value : tagged('n', String(value));
}

function plainObject(value: object, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new TypeError('nested too deeply, or containing itself');
  if (Array.isArray(value)) return plainItems(value, depth + 1);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return plainMembers(value, depth + 1);
  return plainInstance(value, depth + 1);
}

function plainItems(items: readonly unknown[], depth: number): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const plain = plainOf(item, depth);
    if (copy !== undefined) copy.push(plain);
    else if (plain !== item) copy = [...items.slice(0, index), plain];
  }
  return copy ?? items;
}

function plainMembers(value: object, depth: number): unknown {
  if (Object.hasOwn(value, TAG)) {
    const entries = Object.entries(value).map(([key, member]) => [key, plainOf(member, depth)]);
    return tagged('o', entries);
  }
  const members: readonly unknown[] = Object.values(value);
  const plain = plainItems(members, depth);
  if (plain === members) return value;
  const keys = Object.keys(value);
  // fromEntries makes an own member also of "__proto__".
  return Object.fromEntries(plain.map((member, index) => [keys[index] ?? '', member]));
}

function plainInstance(value: object, depth: number): unknown {
  const message = recordOfMessage(value);
  if (message !== undefined) return tagged('m', message.kind, plainMembers(message.fields, depth));
  const builtIn = plainBuiltIn(value, depth);
  if (builtIn !== undefined) return builtIn;
  const kind: unknown = Reflect.get(value, 'lg_name');
  if (kind === 'DeltaSnapshot') return tagged('d', plainOf(Reflect.get(value, 'value'), depth));
  if (kind === 'Send') return plainSend(value, depth);
  const toJSON: unknown = Reflect.get(value, 'toJSON');
  if (typeof toJSON === 'function') return plainOf(Reflect.apply(toJSON, value, ['']), depth);
  if (Object.keys(value).length === 0) {
    throw new Refused(`an instance of ${classOf(value)}, whose content cannot be seen`);
  }
  return plainMembers({ ...value }, depth);
}

function classOf(value: object): string {
  const maker: unknown = Reflect.get(value, 'constructor');
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'a class without a name';
}

function plainBuiltIn(value: object, depth: number): unknown {
  if (value instanceof Date) return tagged('D', plainNumber(value.getTime()));
  if (value instanceof Uint8Array) return tagged('B', Buffer.from(value).toString('base64'));
  if (isBinary(value)) return tagged('b', ...plainBinary(value));
  if (value instanceof URL) return tagged('L', value.href);
  if (value instanceof Set) return tagged('S', plainItems([...value], depth));
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => [plainOf(key, depth), plainOf(item, depth)]);
    return tagged('M', entries);
  }
  if (value instanceof RegExp) return tagged('R', value.source, value.flags);
  if (value instanceof Error) return tagged('E', value.name, value.message);
  return undefined;
}

/** LangGraph reads a stored Send as the plain record of its parts. */
function plainSend(value: object, depth: number): unknown {
  const parts: Record<string, unknown> = {};
  for (const name of ['node', 'args', 'timeout']) {
    const part: unknown = Reflect.get(value, name);
    if (part !== undefined) parts[name] = part;
  }
  return plainMembers(parts, depth);
}

function tagged(kind: string, ...parts: readonly unknown[]): Readonly<Record<string, unknown>> {
  return { [TAG]: [kind, ...parts] };
}
