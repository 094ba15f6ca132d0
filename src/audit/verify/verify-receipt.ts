import type { ReceiptReport } from './report-types.ts';
import * as lines from './signed-lines.ts';

const RECEIPT = /^\{"receipt":(.*),"signature":"([A-Za-z0-9+/=]{88})"\}\n?$/s;

/**
 * Verifies a receipt against the public key it was signed with. Pure: no clock, no file, no network.
 *
 * @throws what node:crypto throws for a text that is not a public key.
 */
export function verifyReceipt(receipt: string, publicKey: string): ReceiptReport {
  const key = lines.readPublicKey(publicKey);
  const [, text = '', signature = ''] = RECEIPT.exec(receipt) ?? [];
  const { run, origin, before, steps, checkpoint, adopted } = lines.readObject(text);
  const signed = lines.readCheckpointLine(String(checkpoint));
  const { head, entries } = followSteps(String(before), [steps].flat().map(lines.membersOf));
  const isLed = signed?.head === head && signed.origin === origin;
  const isOfRun = entries.every(({ event }) => lines.membersOf(event)['run'] === run);
  const demands: readonly (readonly [string, boolean])[] = [
    ['It is not signed by this key.', lines.isSigned('receipt', { text, signature }, key)],
    ['Its checkpoint is false.', signed !== undefined && lines.isSigned('checkpoint', signed, key)],
    ['Its entries do not lead to its checkpoint.', isLed],
    ['It shows no entry, or one of another run.', isOfRun && entries.length > 0],
  ];
  const problems = demands.filter(([, isMet]) => !isMet).map(([problem]) => problem);
  const counted = entries.findLast(({ runEntries }) => runEntries !== undefined)?.['runEntries'];
  const told = {
    run: String(run),
    signedAt: signed?.time ?? '',
    complete: counted === entries.length,
    adopted: Array.isArray(adopted) ? adopted.map(Number) : [],
  };
  return { ok: problems.length === 0, ...told, entries, problems };
}

/** Goes from the hash before the run to the checkpoint; entries of other runs are digests only. */
function followSteps(before: string, steps: readonly lines.Members[]) {
  const shown = steps.flatMap(({ entry }) => (typeof entry === 'string' ? [entry] : []));
  const digests = steps.map(({ entry, digest }) =>
    typeof entry === 'string' ? lines.digestOf(entry) : String(digest),
  );
  return { head: digests.reduce(lines.linkOf, before), entries: shown.map(lines.readObject) };
}
