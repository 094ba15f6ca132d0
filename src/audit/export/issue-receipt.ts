import { hash } from 'node:crypto';

import { canonicalJson } from '../../kernel/index.ts';
import { UnknownRunError } from '../errors.ts';
import { signHead, type Writer } from '../log/append-events.ts';
import type { AuditLog } from '../log/open-audit-log.ts';
import { readBodies, readCheckpointLines } from '../store/chain-queries.ts';
import { readEntries, type StoredEntry } from './json-lines.ts';
import { parseEntry } from './parse-entry.ts';

/**
 * Issues a receipt of a run: its entries (inputs' digests, verdicts, approvals, artifacts' digests), how they are linked
 * to a signed checkpoint of the chain, and a signature over the whole. Entries of other runs are digests in it and tell
 * nothing. Whoever holds it and the public key can verify it offline, years later.
 *
 * @returns One line of JSON that `verifyReceipt` and `phasegate-verify --receipt` take.
 * @throws {@link UnknownRunError}; AUDIT_* of the database.
 */
export async function issueReceipt(log: AuditLog, run: string): Promise<string> {
  return log.write(async (writer) => {
    const { queries, chain, signer, clock } = writer;
    const signed = await signHead(writer);
    const source = { database: { ...log.database, reader: queries }, name: log.name };
    const own = await gather(readEntries(source, { run }));
    const first = own[0];
    const last = own.at(-1);
    if (first === undefined || last === undefined) throw new UnknownRunError(run);
    const checkpoints = await readCheckpointLines(queries, chain, last.seq + 1);
    const checkpoint = checkpoints.find(({ line }) => line.includes(`"key":"${signer.keyId}"`));
    const range = { from: first.seq, until: checkpoint?.size ?? last.seq + 1 };
    const steps = (await gather(readEntries(source, range))).map(({ seq, body }) =>
      own.some((entry) => entry.seq === seq) ? { entry: body } : { digest: hash('sha256', body) },
    );
    const adopted = await adoptedIn(writer, own);
    const text = canonicalJson({
      run,
      adopted,
      origin: chain.origin,
      issuedAt: clock.now(),
      before: first.previous,
      steps,
      checkpoint: checkpoint?.line ?? '',
    });
    const signature = signer.sign(`phasegate-receipt/1\n${text}`);
    const value = `{"receipt":${text},"signature":"${signature}"}`;
    return { value, lines: signed.map(({ line }) => line) };
  });
}

/** Numbers of the entries that were not signed when the log was opened behind them: the receipt says so. */
async function adoptedIn(
  { queries, chain }: Writer,
  own: readonly StoredEntry[],
): Promise<readonly number[]> {
  const bodies = await readBodies(queries, chain, { mention: '"kind":"chain-resumed"' });
  const ranges = bodies
    .map(({ seq, body }) => ({ until: seq, event: parseEntry(body).event }))
    .filter(({ event }) => event.kind === 'chain-resumed')
    .map(({ until, event }) => ({ from: Number(event.facts?.['from']), until }));
  return own
    .map(({ seq }) => seq)
    .filter((seq) => ranges.some(({ from, until }) => seq >= from && seq < until));
}

async function gather(entries: AsyncIterable<StoredEntry>): Promise<readonly StoredEntry[]> {
  const found: StoredEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}
