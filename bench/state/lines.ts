import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';

import { medianOf, timeOf } from '../measure/alternate.ts';
import type { Floor, FloorJobs } from './floor.ts';
import type { Contender } from './savers.ts';
import { growingThread, type GrowingThread } from './workload.ts';

/** One line of the table: a figure for each saver, by its name. */
export interface StateLine {
  readonly what: string;
  readonly unit: string;
  /** Whether more is better. */
  readonly isRate?: boolean;
  readonly figures: ReadonlyMap<string, number>;
}

const LIST_LIMIT = 10;
const FLOOR = { name: 'floor' };
/** So many calls of each kind count in a round. */
const CALLS = [1, 2, 3, 4] as const;

/** Gathers times of each saver, taken in turn, so that whatever else the machine does meets all alike. */
class Times {
  readonly #times = new Map<string, number[]>();

  async take(
    { name }: Pick<Contender, 'name'>,
    job: () => Promise<unknown>,
    counts = true,
  ): Promise<void> {
    const times = this.#times.get(name) ?? [];
    this.#times.set(name, times);
    const ms = await timeOf(job);
    if (counts) times.push(ms);
  }

  median({ name }: Pick<Contender, 'name'>): number {
    return medianOf(this.#times.get(name) ?? []);
  }

  line(what: string): StateLine {
    const figures = [...this.#times].map(([name, times]) => [name, medianOf(times)] as const);
    return { what, unit: 'ms', figures: new Map(figures) };
  }
}

async function list(saver: BaseCheckpointSaver, { config }: GrowingThread): Promise<void> {
  for await (const _ of saver.list(config, { limit: LIST_LIMIT })) continue;
}

interface Turn {
  readonly contender: Contender;
  readonly thread: GrowingThread;
  /** Whether it is no warm-up. */
  readonly counts: boolean;
}

/** Measures threads that are short: 20 messages. */
export async function shortThreads(
  all: readonly Contender[],
  rounds: number,
  jobs: FloorJobs,
): Promise<{ readonly lines: readonly StateLine[]; readonly floor: Floor }> {
  const base = { ping: new Times(), set: new Times(), script: new Times() };
  const [puts, writes, gets, lists] = [new Times(), new Times(), new Times(), new Times()];
  // Each call follows calls of its own kind, as those of the floor do.
  const turn = async ({ contender, thread, counts }: Turn): Promise<void> => {
    const { saver } = contender;
    await thread.grow(19);
    const steps = CALLS.map(() => thread.next());
    for (const { put } of steps) await puts.take(contender, put, counts);
    for (const { putWrites } of steps) await writes.take(contender, putWrites, counts);
    for (const _ of CALLS)
      await gets.take(contender, async () => saver.getTuple(thread.config), counts);
    for (const _ of CALLS) await lists.take(contender, async () => list(saver, thread), counts);
  };
  for (let round = -2; round < rounds; round += 1) {
    for (const contender of all) {
      const thread = growingThread(contender.saver, `short-${round}`);
      await turn({ contender, thread, counts: round >= 0 });
    }
    // The floor has its turn as the savers have: as many calls before, and as many that count.
    for (let call = 0; call < 19; call += 1) await jobs.script();
    for (const _ of CALLS) await base.script.take(FLOOR, jobs.script, round >= 0);
    for (const _ of CALLS) await base.ping.take(FLOOR, jobs.ping, round >= 0);
    for (const _ of CALLS) await base.set.take(FLOOR, jobs.set, round >= 0);
  }
  const [ping, set, script] = [base.ping, base.set, base.script].map((times) =>
    times.median(FLOOR),
  );
  const lines = [
    puts.line('put, 20 messages'),
    writes.line('putWrites, 20 messages'),
    gets.line('getTuple, 20 messages'),
    lists.line(`list of ${LIST_LIMIT}, 20 messages`),
  ];
  return { lines, floor: { ping: ping ?? 0, set: set ?? 0, script: script ?? 0 } };
}

/**
 * Measures one thread of so many steps in each saver, one saver after the other, and the one that keeps everything in this
 * process last: what one leaves in memory slows all that come after it.
 */
export async function longThread(
  all: readonly Contender[],
  steps: number,
): Promise<readonly StateLine[]> {
  const times = {
    early: new Times(),
    late: new Times(),
    between: new Times(),
    writes: new Times(),
    gets: new Times(),
    lists: new Times(),
  };
  const sizes = new Map<string, number>();
  for (const contender of all.toReversed()) {
    const { name, saver, bytes } = contender;
    const before = await bytes();
    const thread = growingThread(saver, 'long');
    for (let step = 0; step < steps; step += 1) {
      await times[stageOf(step, steps)].take(contender, thread.next().put);
    }
    sizes.set(name, ((await bytes()) - before) / 2 ** 20);
    for (let round = 0; round < 20; round += 1) {
      const step = thread.next();
      await step.put();
      await times.writes.take(contender, step.putWrites);
    }
    for (let round = 0; round < 5; round += 1) {
      await times.gets.take(contender, async () => saver.getTuple(thread.config));
      await times.lists.take(contender, async () => list(saver, thread));
    }
  }
  const at = steps.toLocaleString('en-US');
  return [
    times.early.line('put at step 10'),
    times.late.line(`put at step ${at}`),
    times.writes.line(`putWrites at step ${at}`),
    times.gets.line(`getTuple, ${at} messages`),
    times.lists.line(`list of ${LIST_LIMIT}, ${at} messages`),
    { what: `a thread of ${at} steps`, unit: 'MiB', figures: sizes },
  ];
}

function stageOf(step: number, steps: number): 'early' | 'late' | 'between' {
  if (step >= 5 && step < 15) return 'early';
  return step >= steps - 20 ? 'late' : 'between';
}
