import type { Clock } from '../../kernel/index.ts';
import { signCheckpoint, type SignedCheckpoint } from '../chain/checkpoint.ts';
import { sealEntry, type ChainHead, type TellableEvent } from '../chain/entry.ts';
import { SigningKeyRetiredError } from '../errors.ts';
import { isDecision } from '../event.ts';
import type { Signer } from '../keys/signer.ts';
import type { SealedEntry } from '../sink.ts';
import {
  addCheckpoint,
  addEntries,
  countEntriesOfRun,
  findEvents,
  readHead,
  readLastCheckpoint,
  type Chain,
  type KnownEvent,
  type NewEntry,
} from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';

/** At most this many entries wait for a signature. */
const CHECKPOINT_EVERY = 64;

/** Whoever writes a chain, inside a transaction that excludes every other writer. */
export interface Writer {
  readonly queries: Queries;
  readonly chain: Chain;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly where: string;
}

/** What an append did. */
export interface Appended {
  /** One answer an event, in their order. */
  readonly sealed: readonly SealedEntry[];
  readonly head: ChainHead;
  readonly checkpoints: readonly SignedCheckpoint[];
}

/**
 * Appends `events` to the chain, and signs it when a decision is among them or 64 entries are unsigned.
 *
 * @throws {@link SigningKeyRetiredError} if the key at hand is not the chain's.
 */
export async function appendEvents(
  writer: Writer,
  events: readonly TellableEvent[],
): Promise<Appended> {
  requireKey(writer);
  const { queries, chain } = writer;
  const before = await readHead(queries, chain);
  const known = await findEvents(
    queries,
    chain,
    events.map(({ key }) => key),
  );
  const { entries, sealed, head } = await sealAll(writer, { events, known, head: before });
  await addEntries(queries, chain, entries);
  const { size } = await readLastCheckpoint(queries, chain);
  const isDue =
    head.size - size >= CHECKPOINT_EVERY || entries.some(({ event }) => isDecision(event.kind));
  const checkpoints = isDue && head.size > size ? [await addSignature(writer, head)] : [];
  return { sealed, head, checkpoints };
}

/** @throws {@link SigningKeyRetiredError} if the key at hand is not the chain's. */
export function requireKey({ chain, signer }: Pick<Writer, 'chain' | 'signer'>): void {
  if (chain.keyId === signer.keyId) return;
  throw new SigningKeyRetiredError({ expected: chain.keyId, found: signer.keyId });
}

/** Signs where the chain stands, if anything was appended since it was last signed. */
export async function signHead(writer: Writer): Promise<readonly SignedCheckpoint[]> {
  requireKey(writer);
  const head = await readHead(writer.queries, writer.chain);
  const { size } = await readLastCheckpoint(writer.queries, writer.chain);
  return head.size > size ? [await addSignature(writer, head)] : [];
}

/** Signs `head` with the writer's key and stores the checkpoint. */
export async function addSignature(writer: Writer, head: ChainHead): Promise<SignedCheckpoint> {
  const last = await readLastCheckpoint(writer.queries, writer.chain);
  // No earlier than what it covers, nor than the checkpoint before, whatever the clock says.
  const time = [head.at, last.time, writer.clock.now()].toSorted().at(-1) ?? '';
  const { origin } = writer.chain;
  const signed = signCheckpoint({ origin, size: head.size, head: head.hash, time }, writer.signer);
  await addCheckpoint(writer.queries, signed);
  return signed;
}

interface Batch {
  readonly events: readonly TellableEvent[];
  readonly known: readonly KnownEvent[];
  readonly head: ChainHead;
}

async function sealAll(
  writer: Writer,
  batch: Batch,
): Promise<Pick<Appended, 'sealed' | 'head'> & { readonly entries: readonly NewEntry[] }> {
  const { chain, clock, where } = writer;
  const first = new Map<string, number>();
  const seen = new Map<string, KnownEvent>();
  for (const event of batch.known) note(event, first, seen);
  const entries: NewEntry[] = [];
  const sealed: SealedEntry[] = [];
  let { head } = batch;
  const now = clock.now();
  for (const event of batch.events) {
    const existing = seen.get(`${event.key} ${event.digest}`);
    if (existing !== undefined) {
      const { seq, hash } = existing;
      sealed.push({ chain: chain.origin, seq, hash, repeated: true });
      continue;
    }
    const repeats = first.get(event.key);
    const runEntries = await countWhenClosing(writer, event, entries);
    const entry = sealEntry(event, head, { chain: chain.origin, now, where, repeats, runEntries });
    entries.push({ ...entry, event });
    sealed.push({ chain: chain.origin, seq: entry.seq, hash: entry.hash, repeated: false });
    note({ key: event.key, digest: event.digest, seq: entry.seq, hash: entry.hash }, first, seen);
    head = { size: entry.seq + 1, hash: entry.hash, at: entry.at };
  }
  return { entries, sealed, head };
}

function note(event: KnownEvent, first: Map<string, number>, seen: Map<string, KnownEvent>): void {
  if (!first.has(event.key)) first.set(event.key, event.seq);
  seen.set(`${event.key} ${event.digest}`, event);
}

/** A closing record counts the entries of its run, itself included, so that a cut in its middle shows by itself. */
async function countWhenClosing(
  { queries, chain }: Writer,
  { kind, run }: TellableEvent,
  pending: readonly NewEntry[],
): Promise<number | undefined> {
  if (kind !== 'run-ended' || run === undefined) return undefined;
  const stored = await countEntriesOfRun(queries, chain, run);
  return stored + pending.filter(({ event }) => event.run === run).length + 1;
}
