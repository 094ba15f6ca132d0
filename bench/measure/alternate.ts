/** A piece of work that is timed as a whole. */
export type Job = () => Promise<unknown>;

/** The same work with gates and without them. */
export interface Peers {
  readonly gated: Job;
  readonly bare: Job;
}

/** Medians of what each peer took, in milliseconds. */
export interface Medians {
  readonly gatedMs: number;
  readonly bareMs: number;
}

/**
 * Times two peers in alternating pairs, each first in every other pair, so that whatever else the machine does in the
 * meantime meets both alike. The first `warmUps` pairs do not count.
 */
export async function alternate(
  { gated, bare }: Peers,
  { warmUps, pairs }: { readonly warmUps: number; readonly pairs: number },
): Promise<Medians> {
  const gatedMs: number[] = [];
  const bareMs: number[] = [];
  for (let pair = -warmUps; pair < pairs; pair += 1) {
    const isGatedFirst = pair % 2 === 0;
    const first = await timeOf(isGatedFirst ? gated : bare);
    const second = await timeOf(isGatedFirst ? bare : gated);
    if (pair < 0) continue;
    gatedMs.push(isGatedFirst ? first : second);
    bareMs.push(isGatedFirst ? second : first);
  }
  return { gatedMs: medianOf(gatedMs), bareMs: medianOf(bareMs) };
}

/** Gives the milliseconds that a job takes. */
export async function timeOf(job: Job): Promise<number> {
  const startedMs = performance.now();
  await job();
  return performance.now() - startedMs;
}

/** Gives the middle value; of an even number of values the upper one of the two. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
