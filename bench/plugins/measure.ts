import { medianOf } from '../measure/alternate.ts';

/** One figure. */
export interface PluginLine {
  readonly what: string;
  readonly unit: 'us' | 'ms' | 'MiB';
  readonly value: number;
  readonly atMost?: number;
}

export const MIB = 2 ** 20;

/** The middle of the microseconds that each of `rounds` pieces of work takes, after a tenth of them as warm-up. */
export async function each(rounds: number, work: (n: number) => unknown): Promise<number> {
  return medianOf(await times(rounds, work));
}

/** Microseconds of each of `rounds` pieces of work, after a tenth of them as warm-up. */
export async function times(
  rounds: number,
  work: (n: number) => unknown,
): Promise<readonly number[]> {
  for (let n = 0; n < rounds / 10; n++) await work(n);
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

/** The middle of the microseconds of each kind of work, all kinds in turns, so that the machine is as busy for all of them. */
export async function inTurns(
  rounds: number,
  kinds: readonly ((n: number) => unknown)[],
): Promise<readonly number[]> {
  const took = kinds.map((): number[] => []);
  await times(rounds, async (n) => {
    for (const [kind, work] of kinds.entries()) {
      const started = performance.now();
      // oxlint-disable-next-line no-await-in-loop
      await work(n);
      took[kind]?.push((performance.now() - started) * 1000);
    }
  });
  return took.map((all) => medianOf(all));
}
