import { BaseChannel } from '@langchain/langgraph';

import { deepFrozen } from '../../kernel/index.ts';
import { UnsealedWriteError } from '../errors.ts';

/** Joins what is there with what is written; throws to refuse it. */
export type Accept<Value, Update> = (current: Value, update: Update) => Value;

/**
 * A channel that asks its `accept` about every write. LangGraph's own reducer channel does not: it takes the first write
 * to an empty channel as it is, and an `Overwrite` always.
 */
export class SealedChannel<Value, Update> extends BaseChannel<Value, Update, Value> {
  lc_graph_name = 'PhasegateSealedChannel';
  readonly #name: string;
  readonly #empty: Value;
  readonly #accept: Accept<Value, Update>;
  #value: Value;

  constructor(name: string, empty: Value, accept: Accept<Value, Update>) {
    super();
    this.#name = name;
    this.#empty = empty;
    this.#accept = accept;
    this.#value = empty;
  }

  override fromCheckpoint(checkpoint?: Value): this {
    const channel = new SealedChannel(this.#name, this.#empty, this.#accept);
    // What a store gave back is shared by everybody who reads this state.
    if (checkpoint !== undefined) channel.#value = deepFrozen(checkpoint);
    // BaseChannel asks for `this`; the class is not made to be extended.
    return channel as this;
  }

  override update(values: Update[]): boolean {
    for (const value of values) {
      if (
        typeof value === 'object' &&
        value !== null &&
        ('__overwrite__' in value || isOverwrite(value))
      ) {
        throw new UnsealedWriteError(this.#name, 'an Overwrite would go past the seals');
      }
      this.#value = this.#accept(this.#value, value);
    }
    return values.length > 0;
  }

  override get(): Value {
    return this.#value;
  }

  override checkpoint(): Value {
    return this.#value;
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
