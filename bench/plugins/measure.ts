import { alternate, medianOf } from '../measure/alternate.ts';

/** One figure. */
export interface PluginLine {
  readonly what: string;
  readonly unit: 'us' | 'ms' | 'MiB';
  readonly value: number;
  readonly atMost?: number;
}

export const MIB = 2 ** 20;

/** The middle of the microseconds that each of `rounds` pieces of work takes, after half as many as warm-up. */
export async function each(rounds: number, work: (n: number) => unknown): Promise<number> {
  return medianOf(await times(rounds, work));
}

/** Microseconds of each of `rounds` pieces of work, after half as many as warm-up. */
export async function times(
  rounds: number,
  work: (n: number) => unknown,
): Promise<readonly number[]> {
  for (let n = 0; n < rounds / 2; n++) await work(n);
  const took: number[] = [];
  for (let n = 0; n < rounds; n++) {
    const started = performance.now();
    await work(n);
    took.push((performance.now() - started) * 1000);
  }
  return took;
}

/** The middle, and the quickest: on a busy machine the latter tells more of the work, the former of the machine. */
export function spread(
  what: string,
  took: readonly number[],
  atMost?: number,
): readonly PluginLine[] {
  const goal = atMost === undefined ? {} : { atMost };
  return [
    { what, unit: 'ms', value: medianOf(took), ...goal },
    { what: `${what}, the quickest`, unit: 'ms', value: Math.min(...took) },
  ];
}

/**
 * What a piece of work takes beyond a bare one: the difference of their middles, in microseconds. They take turns, so that the machine
 * is as busy for both, each first in every other turn, after as many turns that warm both up as are counted.
 */
export async function beyond(
  rounds: number,
  bare: (n: number) => unknown,
  work: (n: number) => unknown,
): Promise<{ readonly bare: number; readonly over: number }> {
  const n = { value: 0 };
  const peers = {
    bare: async () => await bare(n.value),
    gated: async () => await work(n.value++),
  };
  const { bareMs, gatedMs } = await alternate(peers, { warmUps: rounds, pairs: rounds });
  return { bare: bareMs * 1000, over: (gatedMs - bareMs) * 1000 };
}
