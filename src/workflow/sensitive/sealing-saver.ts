import type { RunnableConfig } from '@langchain/core/runnables';
import type { BaseCheckpointSaver, CheckpointTuple } from '@langchain/langgraph';

import { deepFrozen } from '../../kernel/index.ts';
import { INPUT } from '../../state/index.ts';
import { noteErased, storedErased } from '../state/erased.ts';
import { Kept, openKept } from '../state/kept/kept.ts';
import { threadSubject, type FieldVault } from './field-vault.ts';
import {
  mayHoldSealed,
  openSealed,
  sealDigests,
  sealFields,
  sealWhole,
  subjectsIn,
  type Sealing,
} from './sealed-values.ts';
import type { SensitiveFields } from './sensitive-fields.ts';

const REMEMBERED_THREADS = 1_000;
/** Writes of LangGraph's own that carry what a person is shown, what he answers, and what went wrong. */
const WHOLE = new Set(['__resume__', '__error__']);

/** What {@link sealingSaver} takes. */
export interface SealingOptions {
  readonly fields: SensitiveFields;
  readonly vault: FieldVault;
}

type Put = Parameters<BaseCheckpointSaver['put']>;
type PutWrites = Parameters<BaseCheckpointSaver['putWrites']>;

/**
 * Gives a saver that seals the sensitive fields of a workflow before the saver behind it has them, and opens them when it
 * gives them back. What a person is asked and answers is sealed as a whole, under the keys of all persons of the thread.
 */
export function sealingSaver(
  saver: BaseCheckpointSaver,
  options: SealingOptions,
): BaseCheckpointSaver {
  const sealer = new StateSealer(options);
  const own: Readonly<Record<string, unknown>> = {
    getTuple: async (config: RunnableConfig) => sealer.opened(await saver.getTuple(config)),
    get: async (config: RunnableConfig) =>
      (await sealer.opened(await saver.getTuple(config)))?.checkpoint,
    async *list(...given: Parameters<BaseCheckpointSaver['list']>) {
      for await (const tuple of saver.list(...given)) yield await sealer.opened(tuple);
    },
    put: async (...[config, checkpoint, metadata, versions]: Put) => {
      const values = await sealer.sealedChannels(threadOf(config), checkpoint.channel_values);
      return saver.put(config, { ...checkpoint, channel_values: values }, metadata, versions);
    },
    putWrites: async (...[config, writes, ...rest]: PutWrites) => {
      const thread = threadOf(config);
      const sealed = writes.map(async ([channel, value]): Promise<[string, unknown]> => [
        channel,
        await sealer.sealedWrite(thread, channel, value),
      ]);
      return saver.putWrites(config, await Promise.all(sealed), ...rest);
    },
  };
  const bound = new Map<PropertyKey, unknown>(Object.entries(own));
  return new Proxy(saver, {
    get: (target, name) => {
      if (bound.has(name)) return bound.get(name);
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      // A saver may keep what it needs in private fields, which the proxy has not.
      const method: unknown = member.bind(target);
      bound.set(name, method);
      return method;
    },
  });
}

function threadOf({ configurable }: RunnableConfig): string {
  return String(configurable?.['thread_id'] ?? '');
}

class StateSealer {
  readonly #fields: SensitiveFields;
  readonly #vault: FieldVault;
  /** Persons of threads, as far as this process has seen them. */
  readonly #persons = new Map<string, Set<string>>();

  constructor({ fields, vault }: SealingOptions) {
    this.#fields = fields;
    this.#vault = vault;
  }

  async sealedChannels(
    thread: string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown>> {
    const sealed = Object.entries(values).map(async ([channel, value]) => {
      const plain =
        value instanceof Kept || isKeptText(channel, value) ? openKept(value).value : value;
      const kept = await this.#sealedChannel(thread, channel, plain);
      if (kept === plain) return [channel, value] as const;
      return [channel, plain === value ? kept : JSON.stringify(kept)] as const;
    });
    return Object.fromEntries(await Promise.all(sealed));
  }

  async sealedWrite(thread: string, channel: string, value: unknown): Promise<unknown> {
    const sealing = this.#sealing(thread);
    if (WHOLE.has(channel)) return sealWhole(plainError(value), this.#personsOf(thread), sealing);
    if (channel === '__interrupt__') return this.#sealedInterrupts(thread, value);
    return this.#sealedChannel(thread, channel, value);
  }

  async opened(tuple: CheckpointTuple): Promise<CheckpointTuple>;
  async opened(tuple: CheckpointTuple | undefined): Promise<CheckpointTuple | undefined>;
  async opened(tuple: CheckpointTuple | undefined): Promise<CheckpointTuple | undefined> {
    if (tuple === undefined) return undefined;
    const thread = threadOf(tuple.config);
    const values = Object.entries(tuple.checkpoint.channel_values).map(
      async ([channel, value]) =>
        [channel, await this.#openedChannel(thread, channel, value)] as const,
    );
    const channelValues = Object.fromEntries(await Promise.all(values));
    const writes = (tuple.pendingWrites ?? []).map(
      async ([task, channel, value]): Promise<[string, string, unknown]> => [
        task,
        channel,
        await this.#openedValue(thread, channel, value),
      ],
    );
    return {
      ...tuple,
      checkpoint: { ...tuple.checkpoint, channel_values: channelValues },
      ...(tuple.pendingWrites === undefined ? {} : { pendingWrites: await Promise.all(writes) }),
    };
  }

  #sealing(thread: string): Sealing {
    return { vault: this.#vault, thread: threadSubject(thread) };
  }

  #personsOf(thread: string): readonly string[] {
    return [...(this.#persons.get(thread) ?? [])];
  }

  #note(thread: string, phase: string, value: unknown): void {
    const found = subjectsIn(value, this.#fields.get(phase) ?? []);
    if (found.length === 0) return;
    const persons = this.#persons.get(thread) ?? new Set();
    for (const person of found) persons.add(person);
    this.#persons.delete(thread);
    this.#persons.set(thread, persons);
    for (const oldest of this.#persons.keys()) {
      if (this.#persons.size <= REMEMBERED_THREADS) break;
      this.#persons.delete(oldest);
    }
  }

  async #sealedChannel(thread: string, channel: string, value: unknown): Promise<unknown> {
    const sealing = this.#sealing(thread);
    if (channel === INPUT) return this.#sealedValue(thread, INPUT, value);
    if (channel === '__start__' && isObject(value) && INPUT in value)
      return { ...value, [INPUT]: await this.#sealedValue(thread, INPUT, value[INPUT]) };
    if (channel === 'artifacts') return this.#sealedRecords(thread, value);
    if (channel === 'run') return sealDigests(value, sealing);
    if (channel === 'approvals' && Array.isArray(value))
      return Promise.all(value.map(async (item: unknown) => sealDigests(item, sealing)));
    return value;
  }

  async #sealedRecords(thread: string, value: unknown): Promise<unknown> {
    if (Array.isArray(value))
      return Promise.all(value.map(async (item: unknown) => this.#sealedRecord(thread, item)));
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(
      async ([name, record]) => [name, await this.#sealedRecord(thread, record)] as const,
    );
    return Object.fromEntries(await Promise.all(members));
  }

  async #sealedRecord(thread: string, record: unknown): Promise<unknown> {
    const erased = storedErased(record);
    if (erased !== undefined) return erased;
    if (!isObject(record) || typeof record['phase'] !== 'string') return record;
    const value = await this.#sealedValue(thread, record['phase'], record['value']);
    return sealDigests({ ...record, value }, this.#sealing(thread));
  }

  async #sealedValue(thread: string, phase: string, value: unknown): Promise<unknown> {
    if (value === null || value === undefined) return value;
    const erased = storedErased(value);
    if (erased !== undefined) return erased;
    this.#note(thread, phase, value);
    return sealFields(value, this.#fields.get(phase) ?? [], this.#sealing(thread));
  }

  async #sealedInterrupts(thread: string, value: unknown): Promise<unknown> {
    const sealing = this.#sealing(thread);
    const one = async (item: unknown): Promise<unknown> =>
      isObject(item)
        ? { ...item, value: await sealWhole(item['value'], this.#personsOf(thread), sealing) }
        : item;
    return Array.isArray(value) ? Promise.all(value.map(one)) : one(value);
  }

  async #openedChannel(thread: string, channel: string, value: unknown): Promise<unknown> {
    if (!isKeptText(channel, value)) return this.#openedValue(thread, channel, value);
    const plain = openKept(value).value;
    if (channel === INPUT) return this.#openedInput(value, plain);
    const opened = await this.#openedValue(thread, channel, plain);
    return opened === plain ? value : new Kept(deepFrozen(opened));
  }

  /** Input that waits for the first phase; where a person of it was erased, it is put back as it is stored. */
  async #openedInput(text: unknown, stored: unknown): Promise<unknown> {
    if (typeof text !== 'string' || !mayHoldSealed(text)) return text;
    const { value, isErased } = await openSealed(stored, this.#vault);
    const frozen = deepFrozen(value);
    if (isErased && isObject(frozen)) noteErased(frozen, stored);
    return new Kept(frozen);
  }

  async #openedValue(thread: string, channel: string, value: unknown): Promise<unknown> {
    if (channel === 'artifacts') return this.#openedRecords(thread, value);
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : undefined;
    if (text === undefined || !mayHoldSealed(text)) return value;
    return (await openSealed(value, this.#vault)).value;
  }

  async #openedRecords(thread: string, value: unknown): Promise<unknown> {
    if (Array.isArray(value))
      return Promise.all(value.map(async (item: unknown) => this.#openedRecord(thread, item)));
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(
      async ([name, record]) => [name, await this.#openedRecord(thread, record)] as const,
    );
    return Object.fromEntries(await Promise.all(members));
  }

  async #openedRecord(thread: string, stored: unknown): Promise<unknown> {
    const { value, isErased } = await openSealed(stored, this.#vault);
    const record: unknown = deepFrozen(value);
    if (!isObject(record)) return record;
    if (isErased) noteErased(record, stored);
    else if (typeof record['phase'] === 'string')
      this.#note(thread, record['phase'], record['value']);
    return record;
  }
}

/** Channels of ours are kept as text; see Kept. */
const KEPT: ReadonlySet<string> = new Set([INPUT, 'run', 'artifacts', 'approvals']);

function isKeptText(channel: string, value: unknown): boolean {
  return KEPT.has(channel) && typeof value === 'string';
}

/** An error is stored with what JSON has no word for. */
function plainError(value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message } : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
