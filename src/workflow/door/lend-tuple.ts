import type { RunnableConfig } from '@langchain/core/runnables';
import type { BaseCheckpointSaver, CheckpointTuple } from '@langchain/langgraph';

/** The latest checkpoint of a thread as the door has read it, or that there is none. */
export interface ReadTuple {
  readonly saver: BaseCheckpointSaver;
  readonly thread: string;
  readonly tuple: CheckpointTuple | undefined;
  /** When it was read, in milliseconds of a clock that only grows. */
  readonly atMs: number;
}

/** Longer than a call takes from the door to its first step, unless a callback waits for something in between. */
const LENT_FOR_MS = 50;

/**
 * Gives a saver for one call. What LangGraph would read first is what the door has read for this call just before, so it is
 * given that instead of reading it again; everything else is asked of the saver itself.
 */
export function lendTuple(read: ReadTuple, nowMs: () => number): BaseCheckpointSaver {
  const { saver } = read;
  let lent: ReadTuple | undefined = read;
  const getTuple = async (config: RunnableConfig): Promise<CheckpointTuple | undefined> => {
    const first = lent;
    lent = undefined;
    const isFresh = first !== undefined && nowMs() - first.atMs <= LENT_FOR_MS;
    return isFresh && namesLatest(config, first.thread) ? first.tuple : saver.getTuple(config);
  };
  const known = new Map<PropertyKey, unknown>([['getTuple', getTuple]]);
  return new Proxy(saver, {
    get: (target, name) => {
      if (known.has(name)) return known.get(name);
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      // A saver may keep what it needs in private fields, which the proxy has not.
      const bound: unknown = member.bind(target);
      known.set(name, bound);
      return bound;
    },
  });
}

/** Whether a config names the latest checkpoint of a thread's own lane, and no earlier one. */
export function namesLatest({ configurable }: RunnableConfig, thread: string): boolean {
  const { thread_id: id, checkpoint_ns: ns, checkpoint_id: at } = configurable ?? {};
  return id === thread && (ns ?? '') === '' && (at ?? '') === '' && !isMapped(configurable);
}

/** Whether the config of a graph inside another one names a checkpoint in its own way. */
function isMapped(configurable: RunnableConfig['configurable']): boolean {
  return (
    configurable?.['checkpoint_map'] !== undefined ||
    configurable?.['__pregel_replay_state'] !== undefined
  );
}
