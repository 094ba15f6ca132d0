import { z } from 'zod';

import type { openChain } from '../verify/verifier.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.int().min(0);

type Chain = ReturnType<typeof openChain>;

/** What a verified chain held when it was read up to a mark. */
const Held = z.strictObject({
  origin: z.string(),
  first: Count,
  size: Count,
  decided: Count,
  /** What the first entry continues, and the entries from the last signature on. */
  start: z.strictObject({ hash: Digest, at: z.number() }),
  links: z.array(z.strictObject({ hash: Digest, at: z.number() })).min(1),
  runs: z.array(z.tuple([z.string(), Count, z.boolean()])),
  decidedSincePutBack: z.array(z.tuple([z.string().nullable(), z.array(z.string())])),
  rotations: z.array(
    z.strictObject({ size: Count, fromPublicKey: z.string(), toPublicKey: z.string() }),
  ),
  cuts: z.array(z.strictObject({ after: Count, left: z.string() })),
  adopted: z.array(z.strictObject({ from: Count, until: Count })),
  chains: z.array(z.string()),
});
type Held = z.infer<typeof Held>;

/** How a chain was found up to a place, and by which bytes it is known again. Plain JSON. */
export const ChainMark = z.strictObject({
  /** Digest of the public key that it was verified by. */
  key: Digest,
  /** Up to here entries stood under a signature. */
  covered: Count,
  /** Digest of every column of the entries before it. */
  entries: Digest,
  /** Digest of every column of the checkpoints below `covered`, and of their lines that were kept outside. */
  checkpoints: Digest,
  held: Held,
});
export type ChainMark = z.infer<typeof ChainMark>;

/** Takes down what a chain holds in which nothing was wrong; undefined for what no log of ours writes. */
export function heldBy(chain: Chain, covered: number): Held | undefined {
  const { origin, first, size, decided, links, rotations, cuts, adopted, chains } = chain;
  const held = Held.safeParse({
    origin,
    first,
    size,
    decided,
    start: links[0],
    links: links.slice(covered - first),
    runs: [...chain.runs].map(([run, { entries, isOpen }]) => [run, entries, isOpen]),
    decidedSincePutBack: [...chain.decidedSincePutBack].map(([thread, made]) => [
      thread ?? null,
      [...made],
    ]),
    rotations,
    cuts,
    adopted,
    chains,
  });
  return held.success ? held.data : undefined;
}

/** Gives what a chain is read on with. Links of entries that stand under a signature below the mark are left out. */
export function resumedFrom({ covered, held }: ChainMark): Partial<Chain> {
  const { start, links, runs, decidedSincePutBack, ...rest } = held;
  const sparse: { hash: string; at: number }[] = [];
  sparse[0] = start;
  for (const [index, link] of links.entries()) sparse[covered - held.first + index] = link;
  return {
    ...rest,
    links: sparse,
    runs: new Map(runs.map(([run, entries, isOpen]) => [run, { entries, isOpen }])),
    decidedSincePutBack: new Map(
      decidedSincePutBack.map(([thread, made]) => [thread ?? undefined, new Set(made)]),
    ),
  };
}
