import type { RunnableConfig } from '@langchain/core/runnables';

import { UnstorableValueError } from '../errors/index.ts';
import type { Lane } from './checkpoint-store.ts';

/** What a config names. */
export interface Address {
  readonly thread: string | undefined;
  readonly ns: string | undefined;
  readonly id: string | undefined;
}

/** Reads thread, namespace and checkpoint out of a config; an empty id counts as none. */
export function addressOf(config: RunnableConfig): Address {
  const { configurable } = config;
  return {
    thread: textOf(configurable?.['thread_id']),
    ns:
      typeof configurable?.['checkpoint_ns'] === 'string'
        ? configurable['checkpoint_ns']
        : undefined,
    id: textOf(configurable?.['checkpoint_id']),
  };
}

/**
 * Gives the lane that a config names.
 *
 * @throws {@link UnstorableValueError} for a config without a thread, and for a name that not every store can keep.
 */
export function laneOf(config: RunnableConfig): Lane {
  const { thread, ns } = addressOf(config);
  if (thread === undefined) throw incomplete('thread_id');
  return { thread: storableName(thread, 'thread'), ns: storableName(ns ?? '', 'namespace') };
}

/**
 * Gives `name` back when every store can keep it as it is.
 *
 * @throws {@link UnstorableValueError} for one with a NUL character or half a surrogate pair.
 */
export function storableName(name: string, what: string): string {
  if (!name.includes('\0') && name.isWellFormed()) return name;
  const cause = new TypeError('a NUL character, or half a surrogate pair');
  throw new UnstorableValueError(`name of a ${what}`, cause);
}

/** Gives the config that names a checkpoint. */
export function configOf(lane: Lane, id: string): RunnableConfig {
  return {
    configurable: { thread_id: lane.thread, checkpoint_ns: lane.ns, checkpoint_id: id },
  };
}

/** Gives the error for a config that lacks something. */
export function incomplete(missing: string): UnstorableValueError {
  return new UnstorableValueError('config', new TypeError(`it names no ${missing}`));
}

/** LangGraph itself takes a number for a thread's id. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
