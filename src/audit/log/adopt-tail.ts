import { tellEvent } from '../chain/entry.ts';
import { AuditTamperedError } from '../errors.ts';
import { isDecision, type AuditKind } from '../event.ts';
import { parseEntry } from '../export/parse-entry.ts';
import type { SignedCheckpoint } from '../chain/checkpoint.ts';
import {
  readBodies,
  readHead,
  readCheckpointLines,
  readLastCheckpoint,
  type Chain,
} from '../store/chain-queries.ts';
import type { Queries } from '../store/database.ts';
import { isSigned, readCheckpointLine, readPublicKey } from '../verify/verifier.ts';
import { appendEvents, type Writer } from './append-events.ts';

/**
 * Takes a chain up again whose end nobody signed: after a crash, or because something was slipped in. The chain records
 * which entries those are before it is signed again, so that nobody takes them for covered when they were written.
 *
 * @returns What was signed.
 * @throws {@link AuditTamperedError} for an end that a crash cannot leave: a false checkpoint, an unsigned decision, or a
 * beginning that was cut off and that no signed entry tells of.
 */
export async function adoptTail(writer: Writer): Promise<readonly SignedCheckpoint[]> {
  const { queries, chain } = writer;
  const from = await readSignedSize(writer);
  const { size: until } = await readHead(queries, chain);
  await requireCut(queries, chain, from);
  const tail = await readBodies(queries, chain, { from });
  if (tail.length === 0) return [];
  for (const { seq, body } of tail) {
    // A decision is signed in the commit that records it.
    if (isDecision(kindOf(body))) {
      throw new AuditTamperedError(chain.name, `entry ${seq} is a decision that was not signed`);
    }
  }
  const event = tellEvent({
    key: `chain-resumed/${from}/${until}`,
    kind: 'chain-resumed',
    actor: { id: 'phasegate', kind: 'service', authenticated: true },
    outcome: 'success',
    target: chain.origin,
    facts: { from, until },
  });
  return (await appendEvents(writer, [event])).checkpoints;
}

/** Gives the size that this key signed last. A row is no signature, so the signature itself is looked at. */
async function readSignedSize({ queries, chain, signer }: Writer): Promise<number> {
  const key = readPublicKey(signer.publicKey);
  const { size } = await readLastCheckpoint(queries, chain);
  const known = await readCheckpointLines(queries, chain, size);
  const isTrue = known
    .filter((row) => row.size === size)
    .map(({ line }) => readCheckpointLine(line))
    .some(
      (line) =>
        line?.origin === chain.origin && line.size === size && isSigned('checkpoint', line, key),
    );
  if (isTrue) return size;
  throw new AuditTamperedError(chain.name, `its checkpoint at ${size} is not signed by its key`);
}

/** A chain that does not begin at 0 was archived, and a signed entry of it says so. */
async function requireCut(queries: Queries, chain: Chain, signed: number): Promise<void> {
  if (chain.cutSize === 0) return;
  const bodies = await readBodies(queries, chain, { mention: '"kind":"chain-cut"' });
  const isRecorded = bodies
    .filter(({ seq }) => seq < signed)
    .map(({ body }) => parseEntry(body).event)
    .some(
      ({ kind, facts }) =>
        kind === 'chain-cut' &&
        facts?.['size'] === chain.cutSize &&
        facts['head'] === chain.cutHead,
    );
  if (isRecorded) return;
  throw new AuditTamperedError(
    chain.name,
    `no signed entry tells that it begins at ${chain.cutSize}`,
  );
}

function kindOf(body: string): AuditKind {
  return parseEntry(body).event.kind as AuditKind;
}
