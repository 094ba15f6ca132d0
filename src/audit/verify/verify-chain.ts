import {
  isSignedCheckpoint,
  readCheckpointLine,
  readPublicKey,
  type CheckpointLine,
} from './chain-lines.ts';
import { checkRotations, keyRing, type KeyRing } from './key-ring.ts';
import { newReading, note, noteAt, readLine, type ChainReading, type Fault } from './read-chain.ts';

/** What {@link verifyChain} may be told besides the key. */
export interface VerifyOptions {
  /** Lines of the checkpoint file that was kept outside the database. */
  readonly checkpoints?: readonly string[];
  /** The origin that the chain must have. */
  readonly origin?: string;
}

/** What was found. */
export interface ChainReport {
  /** Whether nothing is wrong with the entries up to `covered`, nor with what can be seen of those after. */
  readonly ok: boolean;
  readonly origin: string;
  /** The number of the first entry: above 0 when earlier ones were archived. */
  readonly first: number;
  /** How many entries the chain has, archived ones included. */
  readonly size: number;
  /** Up to here entries stand under a signature. */
  readonly covered: number;
  readonly faults: readonly Fault[];
  /** What this verification cannot see, in sentences. */
  readonly unseen: readonly string[];
  /** Runs that have no closing record: under way, waiting, or cut off. */
  readonly openRuns: readonly string[];
  /** Chains that were begun according to this one; all of them, in the registry. */
  readonly chains: readonly string[];
}

/** Verifies a chain line by line, for exports that do not fit into a string. */
export interface ChainVerifier {
  read(line: string): void;
  finish(): ChainReport;
}

/**
 * Verifies an export (JSON Lines) against the public key of its checkpoints. Pure: no clock, no file, no network.
 *
 * @param lines - The export, whole or line by line.
 * @param publicKey - Ed25519, PEM or base64 of SPKI DER; any of the chain's keys when they were rotated.
 * @throws what node:crypto throws for a text that is not such a key.
 */
export function verifyChain(
  lines: string | Iterable<string>,
  publicKey: string,
  options: VerifyOptions = {},
): ChainReport {
  const verifier = createChainVerifier(publicKey, options);
  for (const line of typeof lines === 'string' ? lines.split('\n') : lines) verifier.read(line);
  return verifier.finish();
}

/** Makes a verifier that is fed one line at a time, and asked once at the end. */
export function createChainVerifier(key: string, options: VerifyOptions = {}): ChainVerifier {
  const trusted = readPublicKey(key);
  const reading = newReading(options.origin ?? '');
  return {
    read: (line) => readLine(reading, line),
    finish: () => {
      const outside = (options.checkpoints ?? []).filter((line) => line !== '');
      const own = outside
        .map(readCheckpointLine)
        .filter((line) => line?.origin === reading.origin)
        .filter((line) => line !== undefined);
      if (outside.length > 0 && own.length === 0) {
        note(reading, 'foreign', 'none of the checkpoints kept outside is of this chain');
      }
      const signed = checkSignatures(reading, own, keyRing(reading, trusted));
      checkRotations(reading, signed);
      return report(reading, signed, own.length);
    },
  };
}

function checkSignatures(
  reading: ChainReading,
  outside: readonly CheckpointLine[],
  keyOf: KeyRing,
): readonly CheckpointLine[] {
  const all = [...reading.checkpoints, ...outside];
  const once = new Map(all.map((line) => [line.text + line.signature, line]));
  const signed: CheckpointLine[] = [];
  for (const line of [...once.values()].toSorted((one, other) => one.size - other.size)) {
    // What covers archived entries only is verified with their archive.
    if (reading.first > 0 && line.size <= reading.first) continue;
    const problem = signatureProblem(reading, line, keyOf);
    if (problem !== undefined) noteAt(reading, problem);
    else {
      compare(reading, line, signed.at(-1)?.time ?? '');
      signed.push(line);
    }
  }
  return signed;
}

function signatureProblem(
  { origin }: ChainReading,
  line: CheckpointLine,
  keyOf: KeyRing,
): Fault | undefined {
  const seq = Math.max(line.size - 1, 0);
  const key = keyOf(line);
  if (line.origin !== origin) {
    return { kind: 'foreign', seq, message: `a checkpoint is of ${line.origin}` };
  }
  if (key === undefined) {
    return { kind: 'wrong-key', seq, message: `key ${line.key} does not sign here` };
  }
  const isTrue = isSignedCheckpoint(key, line);
  return isTrue ? undefined : { kind: 'wrong-key', seq, message: 'a signature is false' };
}

function compare(reading: ChainReading, line: CheckpointLine, lastTime: string): void {
  const { first, links, times } = reading;
  const seq = line.size - 1;
  const size = first + links.length;
  if (line.size > size) {
    const message = `${line.size} entries were signed, ${size} are here`;
    noteAt(reading, { kind: 'cut-tail', seq: size, message });
  } else if (links[seq - first] !== line.head) {
    noteAt(reading, { kind: 'rewritten', seq, message: 'it is not the entry that was signed' });
  }
  if (line.time < lastTime || line.time < (times[seq - first] ?? '')) {
    const message = 'a checkpoint is older than what it covers';
    noteAt(reading, { kind: 'clock-reversal', seq, message });
  }
}

function report(
  reading: ChainReading,
  signed: readonly CheckpointLine[],
  outside: number,
): ChainReport {
  const { first, links, runs, faults, chains, origin } = reading;
  const size = first + links.length;
  const covered = Math.min(size, signed.at(-1)?.size ?? 0);
  if (links.length === 0) note(reading, 'cut-tail', 'there is no entry');
  if (covered <= first) note(reading, 'not-signed', 'no entry stands under a signature');
  const isCut = reading.cuts.some(({ size: at, head }) => at === first && head === reading.start);
  if (first > 0 && !isCut) {
    const message = 'the chain does not begin here, and no archive is recorded';
    noteAt(reading, { kind: 'cut-head', seq: first, message });
  }
  const openRuns = [...runs].filter(([, { ended }]) => !ended).map(([run]) => run);
  const unseen = tellUnseen({ first, size, covered, outside });
  const ok = faults.length === 0;
  return { ok, origin, first, size, covered, faults, unseen, openRuns, chains };
}

interface Reach {
  readonly first: number;
  readonly size: number;
  readonly covered: number;
  readonly outside: number;
}

function tellUnseen({ first, size, covered, outside }: Reach): readonly string[] {
  const told = [
    `Whether entries were written after the checkpoint at ${covered} and cut off again, or rewritten: nothing signs them.`,
  ];
  if (size > covered)
    told.push(
      `${size - covered} entries after the checkpoint at ${covered} are only linked, not signed.`,
    );
  if (outside === 0) {
    told.push(
      'Whether the end was cut off together with its checkpoints: give the checkpoint file kept outside.',
    );
  }
  if (first > 0) told.push(`The ${first} entries that were archived: verify their archive.`);
  told.push(
    'Whether a whole chain is missing: compare with the registry of chains.',
    'Anything done by someone who holds the signing key, or before an event was told to the log.',
  );
  return told;
}
