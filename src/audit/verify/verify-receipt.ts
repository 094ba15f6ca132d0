import {
  digestOfText,
  isSigned,
  isSignedCheckpoint,
  linkOf,
  readCheckpointLine,
  readObject,
  readPublicKey,
} from './chain-lines.ts';
import { membersOf } from './read-chain.ts';

const RECEIPT = /^\{"receipt":(.*),"signature":"([A-Za-z0-9+/=]{88})"\}\s*$/s;
/** What a receipt's signature begins with, so that it is never one over something else. */
export const RECEIPT_DOMAIN = 'phasegate-receipt/1\n';

/** One line of a receipt: an entry of the run, in short. */
export interface ReceiptLine {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly outcome: string;
  readonly target: string;
  /** Digests of the policy, the input and the output; empty where the event has none. */
  readonly policy: string;
  readonly input: string;
  readonly output: string;
}

/** What was found about a receipt. */
export interface ReceiptReport {
  readonly ok: boolean;
  readonly run: string;
  /** When the checkpoint that covers the run was signed, ISO-8601 UTC. */
  readonly signedAt: string;
  /** Whether the closing record counts as many entries as the receipt shows. */
  readonly complete: boolean;
  readonly lines: readonly ReceiptLine[];
  readonly problems: readonly string[];
}

/**
 * Verifies a receipt against the public key it was signed with. Pure: no clock, no file, no network.
 *
 * @throws what node:crypto throws for a text that is not a public key.
 */
export function verifyReceipt(receipt: string, publicKey: string): ReceiptReport {
  const key = readPublicKey(publicKey);
  const [, text = '', signature = ''] = RECEIPT.exec(receipt) ?? [];
  const { run, before, steps, checkpoint } = readObject(text) ?? {};
  const line = readCheckpointLine(String(checkpoint));
  const { entries, head } = follow(String(before), Array.isArray(steps) ? steps : []);
  const lines = entries.map(receiptLine);
  const isOfRun = entries.every((entry) => partOf(entry, 'event')['run'] === run);
  const hasEntries = isOfRun && entries.length > 0;
  const problems = [
    ...problem(isSigned(key, RECEIPT_DOMAIN + text, signature), 'It is not signed by this key.'),
    ...problem(
      line !== undefined && isSignedCheckpoint(key, line),
      'Its checkpoint is not signed by this key.',
    ),
    ...problem(line?.head === head, 'Its entries do not lead to its checkpoint.'),
    ...problem(hasEntries, 'It shows no entry, or one of another run.'),
  ];
  const closing = entries.map((entry) => readObject(entry)?.['runEntries']);
  const complete = closing.findLast((count) => count !== undefined) === entries.length;
  const ok = problems.length === 0;
  return { ok, run: String(run), signedAt: line?.time ?? '', complete, lines, problems };
}

function problem(isRight: boolean, otherwise: string): readonly string[] {
  return isRight ? [] : [otherwise];
}

/** Walks from the hash before the run to the checkpoint; entries of other runs are digests only. */
function follow(
  before: string,
  steps: readonly unknown[],
): { readonly entries: readonly string[]; readonly head: string } {
  const entries: string[] = [];
  let head = before;
  for (const step of steps) {
    const { entry, digest } = membersOf(step);
    if (typeof entry === 'string') entries.push(entry);
    head = linkOf(head, typeof entry === 'string' ? digestOfText(entry) : String(digest));
  }
  return { entries, head };
}

function receiptLine(entry: string): ReceiptLine {
  const { seq, at } = readObject(entry) ?? {};
  const event = partOf(entry, 'event');
  const { id } = membersOf(event['actor']);
  const told = (name: string): string => {
    const value = event[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    seq: Number(seq),
    at: String(at),
    actor: String(id),
    kind: told('kind'),
    outcome: told('outcome'),
    target: told('target'),
    policy: told('policy'),
    input: told('input'),
    output: told('output'),
  };
}

function partOf(entry: string, name: string): Readonly<Record<string, unknown>> {
  return membersOf(readObject(entry)?.[name]);
}
