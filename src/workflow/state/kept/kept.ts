import { deepFrozen, frozenJson, isDeepFrozen, isPhasegateError } from '../../../kernel/index.ts';
import { keepText, valueOfText } from './recent-texts.ts';

/**
 * A channel's value on its way into a checkpoint. It is stored as one JSON text: LangGraph's serializer calls back for
 * every key of a tree when it writes one, and awaits every value when it reads one. As a text it can hold nothing,
 * either, that the serializer would turn into something else.
 */
export class Kept<Value> {
  readonly #value: Value;
  #text: string | undefined;

  /** @param text - `value` as JSON, if it is known. */
  constructor(value: Value, text?: string) {
    this.#value = value;
    this.#text = text;
  }

  get value(): Value {
    return this.#value;
  }

  toJSON(): string {
    if (this.#text !== undefined) return this.#text;
    const value: unknown = this.#value;
    this.#text = textOf(value);
    if (typeof value === 'object' && value !== null && isDeepFrozen(value))
      keepText(this.#text, value);
    return this.#text;
  }
}

/** By record, so that a list or a set of records that grows is not written anew as a whole at every step. */
const texts = new WeakMap<object, string>();

function textOf(value: unknown): string {
  if (!Array.isArray(value)) return holdsRecords(value) ? textOfSet(value) : JSON.stringify(value);
  const text = texts.get(value) ?? `[${value.map((item) => textOfItem(item)).join(',')}]`;
  if (isDeepFrozen(value)) texts.set(value, text);
  return text;
}

/** Notes the text of a list that has grown out of another one, whose own text it begins with. */
export function noteGrown(
  grown: readonly unknown[],
  before: readonly unknown[],
  added: readonly unknown[],
): void {
  const text = texts.get(before);
  if (text === undefined || before.length === 0 || !isDeepFrozen(grown)) return;
  texts.set(grown, `${text.slice(0, -1)},${added.map((item) => textOfItem(item)).join(',')}]`);
}

/** Artifacts are held by phase; everything else that is not a list is one record, or none. */
function holdsRecords(value: unknown): value is Readonly<Record<string, object>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    isDeepFrozen(value) &&
    Object.values(value).every((member) => typeof member === 'object' && member !== null)
  );
}

function textOfSet(records: Readonly<Record<string, object>>): string {
  const members = Object.entries(records).map(
    ([name, record]) => `${JSON.stringify(name)}:${textOfItem(record)}`,
  );
  return `{${members.join(',')}}`;
}

function textOfItem(item: unknown): string {
  if (typeof item !== 'object' || item === null || !isDeepFrozen(item)) {
    // What JSON has no text for stands as null in a list.
    return JSON.stringify(item) ?? 'null';
  }
  const text = texts.get(item) ?? JSON.stringify(item);
  texts.set(item, text);
  return text;
}

/** Gives what a checkpoint holds for a channel, deeply frozen; what is no JSON text is left as it was found. */
export function openKept(stored: unknown): Kept<unknown> {
  if (stored instanceof Kept) return stored;
  if (typeof stored !== 'string') return new Kept(plainCopy(stored));
  const known = valueOfText(stored);
  if (known !== undefined) return new Kept(known, stored);
  try {
    const value = deepFrozen(JSON.parse(stored) as unknown);
    if (typeof value === 'object' && value !== null) keepText(stored, value);
    return new Kept(value, stored);
  } catch (error) {
    // Nobody here wrote it; whoever reads the state next says so.
    if (error instanceof SyntaxError || error instanceof RangeError) return new Kept(stored);
    throw error;
  }
}

/** Stands for what is no JSON: `lc` is a key that nothing of ours takes, in input, state or artifacts. */
const NOT_JSON: unknown = Object.freeze({ lc: 'not JSON' });

/** A store may hand over an object that lives on, and says something else when it is read again: what is read is a copy. */
function plainCopy(stored: unknown): unknown {
  try {
    return frozenJson(stored);
  } catch (error) {
    if (isPhasegateError(error) || error instanceof RangeError) return NOT_JSON;
    throw error;
  }
}
