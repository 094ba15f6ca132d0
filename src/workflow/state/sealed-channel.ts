import { BaseChannel } from '@langchain/langgraph';

import { UnsealedWriteError } from '../errors.ts';
import { Kept, openKept } from './kept/kept.ts';

/** How a channel takes what is written to it. */
export interface WriteRules<Value, Update> {
  /** Joins what is there with what is written; throws to refuse it. */
  readonly accept: (current: Value, update: Update) => Value;
  /** Told about a refused write, which is left out if this returns. */
  readonly refused: (error: unknown, channel: string) => void;
}

/**
 * A channel that asks its `accept` about every write. LangGraph's own reducer channel does not: it takes the first write
 * to an empty channel as it is, and an `Overwrite` always.
 */
export class SealedChannel<Value, Update> extends BaseChannel<Value, Update, unknown> {
  lc_graph_name = 'PhasegateSealedChannel';
  readonly #name: string;
  readonly #empty: Value;
  readonly #rules: WriteRules<Value, Update>;
  #kept: Kept<Value>;

  constructor(name: string, empty: Value, rules: WriteRules<Value, Update>) {
    super();
    this.#name = name;
    this.#empty = empty;
    this.#rules = rules;
    this.#kept = new Kept(empty);
  }

  override fromCheckpoint(checkpoint?: unknown): this {
    const channel = new SealedChannel(this.#name, this.#empty, this.#rules);
    // Its type is what the phases wrote; whether it still is that is seen by who reads the state.
    if (checkpoint !== undefined) channel.#kept = openKept(checkpoint) as Kept<Value>;
    // BaseChannel asks for `this`; the class is not made to be extended.
    return channel as this;
  }

  override update(values: Update[]): boolean {
    for (const value of values) {
      try {
        const next = this.#joined(value);
        if (next !== this.#kept.value) this.#kept = new Kept(next);
      } catch (error) {
        this.#rules.refused(error, this.#name);
      }
    }
    return values.length > 0;
  }

  #joined(value: Update): Value {
    if (
      typeof value === 'object' &&
      value !== null &&
      ('__overwrite__' in value || isOverwrite(value))
    ) {
      throw new UnsealedWriteError(this.#name, 'an Overwrite would go past the seals');
    }
    return this.#rules.accept(this.#kept.value, value);
  }

  override get(): Value {
    return this.#kept.value;
  }

  override checkpoint(): unknown {
    return this.#kept;
  }

  override equals(other: BaseChannel): boolean {
    return other instanceof SealedChannel && other.#name === this.#name;
  }

  override isAvailable(): boolean {
    return true;
  }
}

function isOverwrite(value: object): boolean {
  return 'lg_name' in value && value.lg_name === 'Overwrite';
}
