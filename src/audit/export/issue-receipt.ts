import { hash } from 'node:crypto';

import { canonicalJson } from '../../kernel/index.ts';
import { AuditTamperedError, UnknownRunError } from '../errors.ts';
import { signHead, type Writer } from '../log/append-events.ts';
import type { AuditLog } from '../log/open-audit-log.ts';
import { readBodies, readCheckpointLines } from '../store/chain-queries.ts';
import { misfiledColumns, readRows, tellsOf } from '../store/entry-rows.ts';
import type { EntryRow } from '../store/tables.ts';
import { readEntries, readThread, type StoredEntry } from './json-lines.ts';
import { parseEntry } from './parse-entry.ts';

/**
 * Issues a receipt of a run: its entries (inputs' digests, verdicts, approvals, artifacts' digests), how they are linked
 * to a signed checkpoint of the chain, and a signature over the whole. Entries of other runs are digests in it and tell
 * nothing. Whoever holds it and the public key can verify it offline, years later.
 *
 * @returns One line of JSON that `verifyReceipt` and `phasegate-verify --receipt` take.
 * @throws {@link UnknownRunError}; {@link AuditTamperedError} if an entry of the run is not found where it says it belongs;
 * AUDIT_* of the database.
 */
export async function issueReceipt(log: AuditLog, run: string): Promise<string> {
  return log.write(async (writer) => {
    const { queries, chain, signer, clock } = writer;
    const signed = await signHead(writer);
    const source = { database: { ...log.database, reader: queries }, name: log.name };
    const own = await ownRows(writer, run);
    const first = own[0];
    const last = own.at(-1);
    if (first === undefined || last === undefined) throw new UnknownRunError(run);
    const checkpoints = await readCheckpointLines(queries, chain, Number(last.seq) + 1);
    const checkpoint = checkpoints.find(({ line }) => line.includes(`"key":"${signer.keyId}"`));
    const range = { from: Number(first.seq), until: checkpoint?.size ?? Number(last.seq) + 1 };
    const numbers = new Set(own.map(({ seq }) => Number(seq)));
    const steps = (await gather(readEntries(source, range))).map(({ seq, body }) =>
      numbers.has(seq) ? { entry: body } : { digest: hash('sha256', body) },
    );
    const adopted = await adoptedIn(writer, [...numbers]);
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

/**
 * Gives the rows of a run, by what their signed texts say.
 *
 * @throws {@link AuditTamperedError} if a column beside one of them says something else.
 */
async function ownRows({ queries, chain }: Writer, run: string): Promise<readonly EntryRow[]> {
  const own: EntryRow[] = [];
  for await (const row of readRows(queries, chain, { of: { member: 'run', id: run } })) {
    const [column] = misfiledColumns(row);
    if (column !== undefined) throw misfiled(chain.name, Number(row.seq), column);
    if (tellsOf(row, 'run', run)) own.push(row);
  }
  return own;
}

/**
 * Gives the latest run of a thread; undefined where none was recorded.
 *
 * @throws {@link AuditTamperedError} if a column beside an entry of the thread says something else than the entry.
 */
export async function latestRunOf(log: AuditLog, thread: string): Promise<string | undefined> {
  let latest: string | undefined;
  for await (const { seq, body, misfiled: columns } of readThread(log, thread)) {
    const [column] = columns;
    if (column !== undefined) throw misfiled(log.name, seq, column);
    latest = parseEntry(body).event.run ?? latest;
  }
  return latest;
}

function misfiled(chain: string, seq: number, column: string): AuditTamperedError {
  const problem = `the column ${column} of entry ${seq} says something else than the entry`;
  return new AuditTamperedError(chain, problem);
}

/** Numbers of the entries that were not signed when the log was opened behind them: the receipt says so. */
async function adoptedIn(
  { queries, chain }: Writer,
  own: readonly number[],
): Promise<readonly number[]> {
  const bodies = await readBodies(queries, chain, { mention: '"kind":"chain-resumed"' });
  const ranges = bodies
    .map(({ seq, body }) => ({ until: seq, event: parseEntry(body).event }))
    .filter(({ event }) => event.kind === 'chain-resumed')
    .map(({ until, event }) => ({ from: Number(event.facts?.['from']), until }));
  return own.filter((seq) => ranges.some(({ from, until }) => seq >= from && seq < until));
}

async function gather(entries: AsyncIterable<StoredEntry>): Promise<readonly StoredEntry[]> {
  const found: StoredEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}
