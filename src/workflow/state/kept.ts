import { deepFrozen } from '../../kernel/index.ts';

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
    this.#text ??= JSON.stringify(this.#value);
    return this.#text;
  }
}

/** Gives what a checkpoint holds for a channel, deeply frozen; what is no JSON text is left as it was found. */
export function openKept(stored: unknown): Kept<unknown> {
  if (stored instanceof Kept) return stored;
  if (typeof stored !== 'string') return new Kept(deepFrozen(stored));
  try {
    return new Kept(deepFrozen(JSON.parse(stored) as unknown), stored);
  } catch (error) {
    // Nobody here wrote it; whoever reads the state next says so.
    if (error instanceof SyntaxError) return new Kept(stored);
    throw error;
  }
}
