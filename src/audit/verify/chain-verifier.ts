import type * as found from './report-types.ts';
import * as lines from './signed-lines.ts';

const FAULTS: Readonly<Record<found.LineFault, string>> = {
  unreadable: 'a line is neither an entry nor a checkpoint',
  edited: 'the hash of an entry is not the hash of its content',
  'broken-link': 'an entry continues another one than the one before it',
  'out-of-sequence': 'an entry does not have the number that comes next',
  foreign: 'something is of another chain',
  'clock-reversal': 'an entry or a checkpoint is older than what comes before it',
  'cut-head': 'the chain does not begin here, and no archive is recorded',
  'cut-tail': 'entries that were signed are missing at the end',
  rewritten: 'an entry is not the one that was signed',
  'wrong-key': 'something is not signed by the key that has to sign it',
  'not-signed': 'no entry stands under a signature',
  'unsigned-decision': 'an entry that is always signed at once stands under no signature',
  'run-incomplete': 'the closing record of a run counts other entries than are here',
  'decided-twice': 'a visit was approved, or a run ended, again, and no entry says why',
};

/** Kinds that are signed in the commit that records them. */
const DECISION = /^(chain-|key-|hold-|subject-|(gate-verdict|approval|waiver|refusal|run-ended)$)/;

/** Targets of the effects after which a thread may stand where it stood before. */
const PUT_BACK = /^(head of the thread|thread \((rollback|import|replace)\))$/;

/** What an export says, gathered line by line. */
class Reading {
  /** The first entry's number, and the hash that it continues. */
  first = 0;
  start = '';
  /** The hash after, and the time of, each entry. */
  readonly links: string[] = [];
  readonly times: number[] = [];
  readonly signatures: found.Checkpoint[] = [];
  readonly faults: found.Fault[] = [];
  readonly runs = new Map<string, { entries: number; ended: boolean }>();
  /** Facts of the entries that record a change of keys, and what cuts leave, with the size after them. */
  readonly rotations: (lines.Members & { size: number })[] = [];
  readonly cuts: { after: number; left: string }[] = [];
  readonly adopted: found.AdoptedRange[] = [];
  /** What was decided of each thread since it was last put back. */
  readonly decisions = new Map<unknown, Set<string>>();
  /** The size after the last entry that has to be signed at once. */
  decided = 0;
  readonly chains: string[] = [];
  origin = '';
  get size(): number {
    return this.first + this.links.length;
  }
  demand(isRight: boolean, kind: found.LineFault, seq = this.size): void {
    if (!isRight) this.faults.push({ kind, seq, message: FAULTS[kind] });
  }
}

/**
 * Makes a verifier that is fed an export one line at a time, and asked once at the end.
 *
 * @param key - Ed25519, PEM or base64 of SPKI DER; any of the chain's keys when they were rotated.
 * @throws what node:crypto throws for a text that is not such a key.
 */
export function createChainVerifier(
  key: string,
  options: found.VerifyOptions = {},
): found.ChainVerifier {
  const trusted = lines.readPublicKey(key);
  const reading = Object.assign(new Reading(), { origin: options.origin ?? '' });
  return {
    read: (line) => readLine(reading, line),
    finish: () => {
      const given = (options.checkpoints ?? []).filter((line) => line !== '');
      const read = given.flatMap((line) => lines.readCheckpointLine(line) ?? []);
      const own = read.filter(({ origin }) => origin === reading.origin);
      reading.demand(given.length === 0 || own.length > 0, 'foreign');
      reading.signatures.push(...own);
      return report(reading, checkSignatures(reading, trusted), own.length);
    },
  };
}

/** The header is not read: nobody signed it, and nothing relies on it. */
function readLine(reading: Reading, line: string): void {
  if (line === '' || line.startsWith('{"format":"phasegate-audit/1"')) return;
  if (line.startsWith('{"entry":')) return readEntry(reading, lines.readEntryLine(line));
  const signature = lines.readCheckpointLine(line);
  reading.demand(signature !== undefined, 'unreadable');
  reading.signatures.push(...(signature ? [signature] : []));
}

function readEntry(reading: Reading, entry: found.EntryLine | undefined): void {
  if (entry === undefined) return reading.demand(false, 'unreadable');
  if (reading.links.length === 0) {
    reading.origin ||= entry.chain;
    reading.first = entry.seq;
    reading.start = entry.seq === 0 ? lines.genesisOf(reading.origin) : entry.previous;
  }
  const link = lines.linkOf(entry.previous, lines.digestOf(entry.body));
  const at = Date.parse(entry.at);
  reading.demand(entry.hash === link, 'edited');
  reading.demand(entry.seq === reading.size, 'out-of-sequence');
  reading.demand(entry.chain === reading.origin, 'foreign');
  reading.demand(entry.previous === (reading.links.at(-1) ?? reading.start), 'broken-link');
  reading.demand(at >= (reading.times.at(-1) ?? 0), 'clock-reversal');
  if (DECISION.test(entry.kind)) readDecision(reading, entry.kind, entry.body);
  if (/^(approval|run-ended|effect)$/.test(entry.kind)) decideOnce(reading, entry);
  if (entry.run !== '') countRun(reading, entry.run, entry.kind === 'run-ended' ? entry.body : '');
  reading.links.push(link);
  reading.times.push(at);
}

function readDecision(reading: Reading, kind: string, body: string): void {
  const { size } = reading;
  reading.decided = size + 1;
  if (!/^(chain|key)-/.test(kind)) return;
  const { target, facts } = lines.membersOf(lines.readObject(body)['event']);
  const told = lines.membersOf(facts);
  if (kind === 'chain-opened') reading.chains.push(String(target));
  if (kind === 'chain-cut')
    reading.cuts.push({ after: size + 1, left: [told['size'], told['head']].join(' ') });
  if (kind === 'key-rotated') reading.rotations.push({ ...told, size: size + 1 });
  if (kind === 'chain-resumed') reading.adopted.push({ from: Number(told['from']), until: size });
}

/** A visit has a key of its own, in which the superstep counts; a run ends once, wherever that is. */
function decideOnce(reading: Reading, { kind, run, body }: found.EntryLine): void {
  const { key, target, thread } = lines.membersOf(lines.readObject(body)['event']);
  if (kind === 'effect' && PUT_BACK.test(String(target))) reading.decisions.delete(thread);
  if (kind === 'effect') return;
  const made = reading.decisions.get(thread) ?? new Set();
  const name = `${kind} ${kind === 'approval' ? String(key) : run}`;
  reading.demand(!made.has(name), 'decided-twice');
  reading.decisions.set(thread, made.add(name));
}

function countRun(reading: Reading, run: string, closing: string): void {
  const entries = (reading.runs.get(run)?.entries ?? 0) + 1;
  reading.runs.set(run, { entries, ended: closing !== '' });
  // A run that began before a cut has entries in the archive.
  if (closing === '' || reading.first > 0) return;
  reading.demand(lines.readObject(closing)['runEntries'] === entries, 'run-incomplete');
}

/**
 * Gives the chain's keys, in the order in which they sign. Each change is signed by the key before and the key after at
 * the same size, so trust goes from either one to the other, and nobody who holds neither can bring in a key of his own.
 */
function keysOf(reading: Reading, trusted: lines.PublicKey): lines.PublicKey[] {
  const [first] = reading.rotations;
  if (first === undefined) return [trusted];
  try {
    const ders = [first['fromPublicKey'], ...reading.rotations.map((told) => told['toPublicKey'])];
    const keys = ders.map((der) => lines.readPublicKey(String(der)));
    if (keys.some(({ id }) => id === trusted.id)) return keys;
  } catch {
    reading.demand(false, 'wrong-key', first.size - 1);
  }
  return [trusted];
}

/** @returns Up to which size entries stand under a signature. */
function checkSignatures(reading: Reading, trusted: lines.PublicKey): number {
  const keys = keysOf(reading, trusted);
  const once = new Map(reading.signatures.map((line) => [line.text + line.signature, line]));
  // What covers archived entries only is verified with their archive.
  const all = [...once.values()].filter(({ size }) => reading.first === 0 || size > reading.first);
  const signed: found.Checkpoint[] = [];
  for (const line of all.toSorted((one, other) => one.size - other.size)) {
    if (!isTrue(reading, keys, line)) continue;
    const { size, head, time } = line;
    const at = size - 1 - reading.first;
    reading.demand(size <= reading.size, 'cut-tail');
    reading.demand(size > reading.size || reading.links[at] === head, 'rewritten', size - 1);
    reading.demand(time >= (signed.at(-1)?.time ?? ''), 'clock-reversal', size - 1);
    reading.demand(Date.parse(time) >= (reading.times[at] ?? 0), 'clock-reversal', size - 1);
    signed.push(line);
  }
  for (const [at, { size }] of reading.rotations.entries()) {
    const signers = signed.filter((line) => line.size === size).map(({ key }) => key);
    const isHandedOver = [keys[at], keys[at + 1]].every((key) => key && signers.includes(key.id));
    reading.demand(isHandedOver, 'wrong-key', size - 1);
  }
  return signed.at(-1)?.size ?? 0;
}

function isTrue(reading: Reading, keys: lines.PublicKey[], line: found.Checkpoint): boolean {
  const sizes = [0, ...reading.rotations.map(({ size }) => size), Infinity];
  const isInTime = (at: number): boolean =>
    line.size >= (sizes[at] ?? 0) && line.size <= (sizes[at + 1] ?? 0);
  const key = keys.find(({ id }, at) => id === line.key && isInTime(at));
  const isSigned = key !== undefined && lines.isSigned('checkpoint', line, key);
  reading.demand(isSigned, 'wrong-key', line.size - 1);
  reading.demand(line.origin === reading.origin, 'foreign', line.size - 1);
  return isSigned && line.origin === reading.origin;
}

function report(reading: Reading, signed: number, outside: number): found.ChainReport {
  const { origin, first, start, size, faults, chains, decided, adopted } = reading;
  const covered = Math.min(size, signed);
  reading.demand(size > first, 'cut-tail');
  reading.demand(covered > first, 'not-signed');
  reading.demand(decided <= covered || covered <= first, 'unsigned-decision', decided - 1);
  const cuts = reading.cuts.filter(({ after }) => after <= covered).map(({ left }) => left);
  reading.demand(first === 0 || cuts.includes(`${first} ${start}`), 'cut-head', first);
  const openRuns = [...reading.runs].filter(([, { ended }]) => !ended).map(([run]) => run);
  const unseen = [
    `Whether entries after the checkpoint at ${covered} were cut off or rewritten: ${size - covered} are here, linked and not signed.`,
    'Whether a whole chain is missing: compare with the registry of chains.',
    'What somebody did who holds the signing key, and what was false when it was told.',
  ];
  if (first > 0) unseen.push(`The ${first} entries that were archived: verify their archive.`);
  if (outside === 0) unseen.push('Whether the end and its checkpoints are gone: give their file.');
  for (const { from, until } of adopted)
    unseen.push(`Who wrote entries ${from} to ${until - 1}: unsigned when the log was opened.`);
  const ok = faults.length === 0;
  return { ok, origin, first, size, covered, faults, unseen, openRuns, chains, adopted };
}
