/** Gathers what is appended while a commit is under way, so that many appends share one. */
export interface AppendQueue<Item, Answer> {
  /** @returns The answer for `item`, once the batch with it is committed. */
  push(item: Item): Promise<Answer>;
  /** Waits until nothing is under way. */
  settled(): Promise<void>;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Makes a queue whose batches are committed one after the other.
 *
 * @param commit - Stores a batch and gives one answer an item; when it throws, every item of the batch gets that error.
 */
export function createAppendQueue<Item, Answer>(
  commit: (items: readonly Item[]) => Promise<readonly Answer[]>,
  maxBatch: number,
): AppendQueue<Item, Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    // What is appended in the same turn of the event loop shares the first commit too.
    await Promise.resolve();
    while (waiting.length > 0) await answer(waiting.splice(0, maxBatch), commit);
    running = undefined;
  };
  return Object.freeze({
    push: async (item: Item) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= run();
      }),
    settled: async () => running,
  });
}

async function answer<Item, Answer>(
  batch: readonly Waiting<Item, Answer>[],
  commit: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<void> {
  try {
    const answers = await commit(batch.map(({ item }) => item));
    for (const [index, { resolve, reject }] of batch.entries()) {
      const found = answers[index];
      if (found === undefined) reject(new RangeError('A batch was answered incompletely.'));
      else resolve(found);
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
