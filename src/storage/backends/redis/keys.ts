const KINDS = ['m', 'c', 'i', 'q', 'x', 'w', 's'] as const;

/**
 * Gives the keys of a thread, in the order that the scripts expect. The braces put them into one cluster slot; the
 * thread is percent-encoded, so that none of its characters can end them.
 */
export function keysOf(prefix: string, thread: string): readonly string[] {
  const tag = encodeURIComponent(thread);
  return KINDS.map((kind) => `${prefix}{${tag}}${kind}`);
}

/** Gives the six keys, all but the first, of a thread that is arriving, in the slot of the thread. */
export function stageKeysOf(prefix: string, thread: string, stage: string): readonly string[] {
  return keysOf(prefix, thread)
    .slice(1)
    .map((key) => `${key}~${stage}`);
}

/** Gives the key of the index of all threads. */
export function threadsKey(prefix: string): string {
  return `${prefix}threads`;
}
