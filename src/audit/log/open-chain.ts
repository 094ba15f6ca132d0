import { z } from 'zod';

import type { Ids } from '../../kernel/index.ts';
import { genesisOf, tellEvent } from '../chain/entry.ts';
import { AuditTamperedError, InvalidChainNameError } from '../errors.ts';
import {
  addChain,
  findChain,
  readCheckpointLines,
  readHashAt,
  readHead,
  type Chain,
} from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import { appendEvents, type Writer } from './append-events.ts';

/** The chain that records which chains there are. */
export const REGISTRY = 'registry';
const NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** What a chain is opened with: a writer that has no chain yet. */
export interface Opener extends Omit<Writer, 'chain'> {
  readonly ids: Ids;
}

/** A chain, and the checkpoints that its opening has signed. */
export interface OpenedChain {
  readonly chain: Chain;
  readonly lines: readonly string[];
}

/**
 * Gives the chain of this name. The first time it is begun, and recorded in the registry in the same transaction.
 *
 * @throws {@link InvalidChainNameError}.
 */
export async function openChain(opener: Opener, name: string): Promise<OpenedChain> {
  if (!NAME.test(name)) throw new InvalidChainNameError(name.length);
  const present = await findChain(opener.queries, name);
  if (present !== undefined) return { chain: present, lines: [] };
  const registry = await findChain(opener.queries, REGISTRY);
  if (registry === undefined && name !== REGISTRY) {
    const first = await openChain(opener, REGISTRY);
    const next = await openChain(opener, name);
    return { chain: next.chain, lines: [...first.lines, ...next.lines] };
  }
  return beginChain(opener, name, registry);
}

async function beginChain(
  opener: Opener,
  name: string,
  registry: Chain | undefined,
): Promise<OpenedChain> {
  const origin = `${name}/${opener.ids.next()}`;
  const { signer } = opener;
  const chain: Chain = {
    origin,
    name,
    keyId: signer.keyId,
    publicKey: signer.publicKeyDer,
    cutSize: 0,
    cutHead: genesisOf(origin),
  };
  await addChain(opener.queries, chain, opener.clock.now());
  const event = tellEvent({
    key: `chain-opened/${origin}`,
    kind: 'chain-opened',
    actor: { id: 'phasegate', kind: 'service', authenticated: true },
    outcome: 'success',
    target: origin,
    facts: { key: signer.keyId, publicKey: signer.publicKeyDer },
  });
  const own = await appendEvents({ ...opener, chain }, [event]);
  const listed =
    registry === undefined
      ? []
      : (await appendEvents({ ...opener, chain: registry }, [event])).checkpoints;
  return { chain, lines: [...own.checkpoints, ...listed].map(({ line }) => line) };
}

const Kept = z.object({
  checkpoint: z.object({ origin: z.string(), size: z.int().min(0), head: z.string() }),
});

/**
 * Compares the database with the checkpoints that are kept outside.
 *
 * @returns The lines that the outside lacks.
 * @throws {@link AuditTamperedError} if a checkpoint, inside or outside, contradicts the entries.
 */
export async function reconcile(
  queries: Queries,
  chain: Chain,
  kept: readonly string[],
): Promise<readonly string[]> {
  const last = newestOf(kept, chain.origin);
  // They are kept in their order, so that the outside lacks none before the last that it has.
  const known = await readCheckpointLines(queries, chain, last?.size ?? 0);
  const outside = new Set(kept);
  const newest = newestOf([...known.map(({ line }) => line), last?.line ?? ''], chain.origin);
  const { size: length } = await readHead(queries, chain);
  if (newest !== undefined && newest.size > length) {
    throw new AuditTamperedError(
      chain.name,
      `${newest.size} entries were signed, ${length} are left`,
    );
  }
  const found = newest && (await readHashAt(queries, chain, newest.size));
  if (newest !== undefined && found !== newest.head) {
    throw new AuditTamperedError(chain.name, `entry ${newest.size - 1} is not the one signed`);
  }
  return known.map(({ line }) => line).filter((line) => !outside.has(line));
}

interface KeptCheckpoint {
  readonly size: number;
  readonly head: string;
  readonly line: string;
}

/** A trail of years has very many lines, so that only those of this chain are looked at, and few are read. */
function newestOf(lines: readonly string[], origin: string): KeptCheckpoint | undefined {
  const mark = `"origin":${JSON.stringify(origin)}`;
  const sized = lines
    .filter((line) => line.includes(mark))
    .map((line) => ({ line, size: Number(/"size":(\d+)/.exec(line)?.[1] ?? -1) }));
  for (const { line } of sized.toSorted((one, other) => other.size - one.size)) {
    const found = checkpointIn(line);
    if (found?.origin === origin) return { size: found.size, head: found.head, line };
  }
  return undefined;
}

/** Half a line that a crash has left says nothing; the whole one is written again from the database. */
function checkpointIn(line: string): z.infer<typeof Kept>['checkpoint'] | undefined {
  try {
    return Kept.safeParse(JSON.parse(line)).data?.checkpoint;
  } catch {
    return undefined;
  }
}
