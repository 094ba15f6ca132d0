import { isMessageOfKnownClass } from './messages.ts';

/** What stands for a value in a snapshot: itself where it cannot change, a {@link Shot} where it can. */
export type Snapshot = Shot | Primitive;

/** Said of a value that cannot be looked at cheaply: every look at it has to be a whole one. */
export const NO_SNAPSHOT = Symbol('no snapshot');

/**
 * Takes down what {@link encodeValue} would write of a value, so that a later look can tell whether it would write the
 * same. Texts are held, not copied: looking again costs a comparison of references for each.
 *
 * @returns {@link NO_SNAPSHOT} for a value with instances of other classes than LangChain's messages in it.
 */
export function snapshotOf(value: unknown): Snapshot | typeof NO_SNAPSHOT {
  if (isPrimitive(value)) return value;
  if (typeof value !== 'object' || value === null) return NO_SNAPSHOT;
  if (Array.isArray(value)) return listShot(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return membersShot(value, prototype);
  if (!isMessageOfKnownClass(value)) return NO_SNAPSHOT;
  const parts = snapshotsOf(fieldsOf(value));
  return parts === undefined ? NO_SNAPSHOT : new MessageShot(prototype, parts);
}

function listShot(items: readonly unknown[]): Shot | typeof NO_SNAPSHOT {
  const parts = snapshotsOf(items);
  if (parts === undefined) return NO_SNAPSHOT;
  return parts.length === 0 ? EMPTY_LIST : new ListShot(parts);
}

function membersShot(value: object, prototype: unknown): Shot | typeof NO_SNAPSHOT {
  const parts = snapshotsOf(Object.values(value));
  if (parts === undefined) return NO_SNAPSHOT;
  const isEmpty = parts.length === 0 && prototype !== null;
  return isEmpty ? EMPTY_RECORD : new MembersShot(prototype, Object.keys(value), parts);
}

type Primitive = string | number | bigint | boolean | null | undefined;

function isPrimitive(value: unknown): value is Primitive {
  return value === null || !['object', 'function', 'symbol'].includes(typeof value);
}

/** Tells whether a value is still what its snapshot was taken of. */
export function isUnchanged(value: unknown, snapshot: Snapshot): boolean {
  if (typeof value !== 'object' || value === null) return Object.is(value, snapshot);
  return typeof snapshot === 'object' && snapshot !== null && snapshot.isOf(value);
}

/** The same where no number can be: two zeros differ, and telling them apart takes longer. */
function isSame(value: unknown, snapshot: Snapshot): boolean {
  return value === snapshot || isUnchanged(value, snapshot);
}

/** What stands for a list, a record or a message. */
interface Shot {
  isOf(value: object): boolean;
}

/** The commonest things of all: one of each will do. */
const EMPTY_LIST: Shot = { isOf: (value) => Array.isArray(value) && value.length === 0 };
const EMPTY_RECORD: Shot = {
  isOf: (value) => {
    if (Object.getPrototypeOf(value) !== Object.prototype) return false;
    for (const _key in value) return false;
    return true;
  },
};

class ListShot implements Shot {
  readonly parts: readonly Snapshot[];

  constructor(parts: readonly Snapshot[]) {
    this.parts = parts;
  }

  isOf(value: object): boolean {
    const { parts } = this;
    if (!Array.isArray(value) || value.length !== parts.length) return false;
    for (let index = 0; index < parts.length; index += 1) {
      if (!isUnchanged(value[index], parts[index])) return false;
    }
    return true;
  }
}

class MembersShot implements Shot {
  readonly prototype: unknown;
  readonly keys: readonly string[];
  readonly parts: readonly Snapshot[];

  constructor(prototype: unknown, keys: readonly string[], parts: readonly Snapshot[]) {
    this.prototype = prototype;
    this.keys = keys;
    this.parts = parts;
  }

  isOf(value: object): boolean {
    const { keys, parts } = this;
    if (!isRecord(value) || Object.getPrototypeOf(value) !== this.prototype) return false;
    let index = 0;
    for (const key in value) {
      if (key !== keys[index] || !isUnchanged(value[key], parts[index])) return false;
      index += 1;
    }
    return index === keys.length;
  }
}

/** The fields have names of their own here: reading them by a list of names takes many times as long. */
class MessageShot implements Shot {
  readonly prototype: unknown;
  readonly content: Snapshot;
  readonly id: Snapshot;
  readonly name: Snapshot;
  readonly type: Snapshot;
  readonly kwargs: Snapshot;
  readonly metadata: Snapshot;
  readonly calls: Snapshot;
  readonly invalidCalls: Snapshot;
  readonly usage: Snapshot;
  /** What few messages have. */
  readonly rest: readonly Snapshot[] | undefined;

  constructor(prototype: unknown, parts: readonly Snapshot[]) {
    this.prototype = prototype;
    [
      this.content,
      this.id,
      this.name,
      this.type,
      this.kwargs,
      this.metadata,
      this.calls,
      this.invalidCalls,
      this.usage,
    ] = parts;
    const rest = parts.slice(9);
    this.rest = rest.every((part) => part === undefined) ? undefined : rest;
  }

  isOf(value: object): boolean {
    const message: MessageFields = value;
    return (
      Object.getPrototypeOf(value) === this.prototype &&
      isSame(message.content, this.content) &&
      message.id === this.id &&
      message.name === this.name &&
      message.type === this.type &&
      isSame(message.additional_kwargs, this.kwargs) &&
      isSame(message.response_metadata, this.metadata) &&
      isSame(message.tool_calls, this.calls) &&
      isSame(message.invalid_tool_calls, this.invalidCalls) &&
      isSame(message.usage_metadata, this.usage) &&
      (this.rest === undefined ? isBare(message) : areRest(message, this.rest))
    );
  }
}

/** What is written of a message. */
interface MessageFields {
  readonly content?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly type?: unknown;
  readonly additional_kwargs?: unknown;
  readonly response_metadata?: unknown;
  readonly tool_calls?: unknown;
  readonly invalid_tool_calls?: unknown;
  readonly usage_metadata?: unknown;
  readonly tool_call_chunks?: unknown;
  readonly tool_call_id?: unknown;
  readonly status?: unknown;
  readonly artifact?: unknown;
  readonly metadata?: unknown;
  readonly role?: unknown;
}

function areRest(message: MessageFields, rest: readonly Snapshot[]): boolean {
  return (
    isSame(message.tool_call_chunks, rest[0]) &&
    message.tool_call_id === rest[1] &&
    message.status === rest[2] &&
    isUnchanged(message.artifact, rest[3]) &&
    isUnchanged(message.metadata, rest[4]) &&
    message.role === rest[5]
  );
}

function isBare(message: MessageFields): boolean {
  return (
    message.tool_call_chunks === undefined &&
    message.tool_call_id === undefined &&
    message.status === undefined &&
    message.artifact === undefined &&
    message.metadata === undefined &&
    message.role === undefined
  );
}

function fieldsOf(message: MessageFields): readonly unknown[] {
  return [
    message.content,
    message.id,
    message.name,
    message.type,
    message.additional_kwargs,
    message.response_metadata,
    message.tool_calls,
    message.invalid_tool_calls,
    message.usage_metadata,
    message.tool_call_chunks,
    message.tool_call_id,
    message.status,
    message.artifact,
    message.metadata,
    message.role,
  ];
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value);
}

function snapshotsOf(values: readonly unknown[]): readonly Snapshot[] | undefined {
  const parts: Snapshot[] = [];
  for (const value of values) {
    const snapshot = snapshotOf(value);
    if (snapshot === NO_SNAPSHOT) return undefined;
    parts.push(snapshot);
  }
  return parts;
}
