import { AIMessage, HumanMessage, type BaseMessage } from '@langchain/core/messages';
import type { RunnableConfig } from '@langchain/core/runnables';
import { uuid6, type BaseCheckpointSaver, type Checkpoint } from '@langchain/langgraph-checkpoint';

const TEXT = 'It says something of ordinary length, as people and models do. '.repeat(4);

/** A thread whose list of messages grows by one with each step. */
export interface GrowingThread {
  readonly config: RunnableConfig;
  /** Makes the next checkpoint; it is put when `put` is called. */
  next(): { readonly put: () => Promise<unknown>; readonly putWrites: () => Promise<unknown> };
  /** Puts so many steps. */
  grow(steps: number): Promise<void>;
}

/** Message number `index` of a conversation: about 250 characters, with the usage that models report. */
export function messageOf(index: number): BaseMessage {
  const id = `message-${index}`;
  if (index % 2 === 0) return new HumanMessage({ id, content: `Question ${index}. ${TEXT}` });
  const message = new AIMessage({ id, content: `Answer ${index}. ${TEXT}` });
  const usage = { input_tokens: index, output_tokens: 60, total_tokens: index + 60 };
  Reflect.set(message, 'usage_metadata', usage);
  return message;
}

/** Begins a thread that has nothing yet. */
export function growingThread(saver: BaseCheckpointSaver, thread: string): GrowingThread {
  const messages: BaseMessage[] = [];
  let version: number | undefined;
  let parent: string | undefined;
  let step = -1;
  const config = { configurable: { thread_id: thread, checkpoint_ns: '' } };
  const next: GrowingThread['next'] = () => {
    step += 1;
    messages.push(messageOf(step));
    version = saver.getNextVersion(version);
    const versions = { messages: version, step: version };
    const id = uuid6(step);
    const checkpoint: Checkpoint = {
      v: 4,
      id,
      ts: new Date().toISOString(),
      channel_values: { messages: [...messages], step },
      channel_versions: versions,
      versions_seen: { agent: { messages: version } },
    };
    const at = parent === undefined ? {} : { checkpoint_id: parent };
    const under = { configurable: { ...config.configurable, ...at } };
    const own = { configurable: { ...config.configurable, checkpoint_id: id } };
    parent = id;
    const metadata = { source: 'loop' as const, step, parents: {} };
    const message = messageOf(step + 1);
    return {
      put: async () => saver.put(under, checkpoint, metadata, versions),
      putWrites: async () => saver.putWrites(own, [['messages', [message]]], `task-${id}`),
    };
  };
  return {
    config,
    next,
    grow: async (steps) => {
      for (let index = 0; index < steps; index += 1) await next().put();
    },
  };
}
