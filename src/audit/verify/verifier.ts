import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

const ENTRY =
  /^\{"entry":(\{"at":"([^"\\]+)","chain":"([^"\\]+)",.*\}),"hash":"(.{64})","previous":"(.{64})"\}$/s;
const EVENT = /^,"kind":"([^"\\]*)"(?:.*?,"run":"((?:[^"\\]|\\.)*)")?/s;
const CHECKPOINT =
  /^\{"checkpoint":(\{"head":"([^"\\]*)","key":"([^"\\]*)","origin":"([^"\\]*)","size":(\d+),"time":"([^"\\]*)"\}),"signature":"([A-Za-z0-9+/=]{88})"\}$/;
const RECEIPT = /^\{"receipt":(.*),"signature":"([A-Za-z0-9+/=]{88})"\}\n?$/s;
/** Kinds that are signed in the commit that records them, and kinds of which the content is read. */
const DECISION = /^(chain-|key-|hold-|subject-|(gate-verdict|approval|waiver|refusal|run-ended)$)/;
const TELLING = /^(chain-|key-|(approval|run-ended|effect)$)/;
const PUTS_THREAD_BACK = /^(head of the thread|thread \((rollback|import|replace)\))$/;
const FAULTS = {
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
} as const;

type Members = Readonly<Record<string, unknown>>;
type PublicKey = Readonly<{ id: string; key: KeyObject }>;
type EntryText = 'body' | 'hash' | 'previous' | 'at' | 'chain' | 'kind' | 'run';
type Entry = Record<EntryText, string> & { seq: number };
type Signed = Record<'text' | 'signature', string>;
type Checkpoint = Signed & Record<'head' | 'key' | 'origin' | 'time', string> & { size: number };
type Judged = Record<'run' | 'signedAt', string> & Record<'ok' | 'complete', boolean>;
type Receipt = Judged & { entries: Members[]; adopted: number[]; problems: string[] };

export const digestOf = (text: string): string => hash('sha256', text);
export const genesisOf = (origin: string): string => digestOf(`phasegate-audit/1\n${origin}`);
export const linkOf = (previous: string, digest: string): string =>
  digestOf(`phasegate-audit/1\n${previous}\n${digest}`);

export function readEntryLine(line: string): Entry | undefined {
  // The body is canonical JSON, its members in the order of their names, and no text in it holds a bare quote:
  // the last `,"kind":"` is the event's, and nothing has to be parsed. Texts are as they are written, escapes included.
  const [, body = '', at = '', chain = '', link = '', previous = ''] = ENTRY.exec(line) ?? [];
  const seqAt = body.lastIndexOf(',"seq":');
  const rest = body.slice(body.lastIndexOf(',"kind":"', seqAt), seqAt);
  const [, kind, run = ''] = EVENT.exec(rest) ?? [];
  const seq = Number.parseInt(body.slice(seqAt + 7, seqAt + 24), 10);
  return kind === undefined ? undefined : { body, hash: link, previous, at, chain, seq, kind, run };
}

export function readCheckpointLine(line: string): Checkpoint | undefined {
  const [, text = '', head = '', key = '', ...rest] = CHECKPOINT.exec(line) ?? [];
  const [origin = '', size = '', time = '', signature = ''] = rest;
  return text === '' ? undefined : { text, head, key, origin, size: Number(size), time, signature };
}

/** @param key - PEM, or base64 of SPKI DER as rotations record it. @throws for anything but an Ed25519 key. */
export function readPublicKey(key: string): PublicKey {
  const der = { key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' } as const;
  const read = createPublicKey(key.includes('-----BEGIN') ? key : der);
  if (read.asymmetricKeyType !== 'ed25519') throw new TypeError('Expected an Ed25519 public key.');
  return { id: hash('sha256', read.export(der)).slice(0, 32), key: read };
}

/** Tells whether `key` made the signature (Ed25519, base64), which runs over what is signed and a text after it. */
export function isSigned(what: string, { text, signature }: Signed, { key }: PublicKey): boolean {
  const made = Buffer.from(signature, 'base64');
  // Base64 has spellings that give the same bytes; only the one that signing writes counts.
  const isPlain = made.toString('base64') === signature;
  return isPlain && verify(null, Buffer.from(`phasegate-${what}/1\n${text}`), key, made);
}

const isText = (value: unknown): value is string => typeof value === 'string';
export const membersOf = (value: unknown): Members => ({ ...(value as Members) });

/** What is not an object of JSON has no members. */
export function readObject(text: string): Members {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return {};
  }
}

/** Goes from the hash before the run to its checkpoint: entries of other runs are digests only. */
export function judgeReceipt(receipt: string, key: PublicKey): Receipt {
  const [, text = '', signature = ''] = RECEIPT.exec(receipt) ?? [];
  const { run, origin, before, checkpoint, ...told } = readObject(text);
  const steps = [told['steps']].flat().map(membersOf);
  const shown = steps.map(({ entry }) => entry).filter(isText);
  const links = steps.map(({ entry, digest }) =>
    isText(entry) ? digestOf(entry) : String(digest),
  );
  const [entries, head] = [shown.map(readObject), links.reduce(linkOf, String(before))];
  const isOfRun = entries.every(({ event }) => membersOf(event)['run'] === run);
  const signed = readCheckpointLine(String(checkpoint));
  const demands = {
    'It is not signed by this key.': isSigned('receipt', { text, signature }, key),
    'Its checkpoint is false.': signed !== undefined && isSigned('checkpoint', signed, key),
    'Its entries do not lead to its checkpoint.': signed?.head === head && signed.origin === origin,
    'It shows no entry, or one of another run.': isOfRun && entries.length > 0,
  };
  const problems = Object.entries(demands).flatMap(([problem, isMet]) => (isMet ? [] : [problem]));
  const adopted = [told['adopted'] ?? []].flat().map(Number);
  const found = { run: String(run), signedAt: signed?.time ?? '', adopted, entries, problems };
  const counted = entries.findLast(({ runEntries }) => runEntries !== undefined)?.['runEntries'];
  return { ok: problems.length === 0, complete: counted === entries.length, ...found };
}

/** What an export says, read one line at a time, and judged once at the end. */
class Chain {
  origin = '';
  /** The number of the first entry, the one that comes next, and the one after the last that is always signed at once. */
  first = 0;
  size = 0;
  decided = 0;
  /** The hash after, and the time of, what comes before the first entry, and of each one. */
  readonly links: { hash: string; at: number }[] = [];
  readonly checkpoints = new Map<string, Checkpoint>();
  readonly runs = new Map<string, { entries: number; isOpen: boolean }>();
  readonly decidedSincePutBack = new Map<unknown, Set<string>>();
  readonly rotations: { size: number; fromPublicKey: unknown; toPublicKey: unknown }[] = [];
  readonly cuts: { after: number; left: string }[] = [];
  readonly adopted: { from: number; until: number }[] = [];
  readonly chains: string[] = [];
  readonly faults: { kind: keyof typeof FAULTS; seq: number; message: string }[] = [];

  demand(isRight: boolean, kind: keyof typeof FAULTS, seq = this.size) {
    if (!isRight) this.faults.push({ kind, seq, message: FAULTS[kind] });
  }

  /** The header is not read: nobody signed it, and nothing relies on it. */
  read(line: string) {
    if (line === '' || line.startsWith('{"format":"phasegate-audit/1"')) return;
    const [entry, checkpoint] = [readEntryLine(line), readCheckpointLine(line)];
    if (entry !== undefined) this.readEntry(entry);
    else if (checkpoint !== undefined) this.checkpoints.set(line, checkpoint);
    else this.demand(false, 'unreadable');
  }

  readEntry(entry: Entry) {
    const { seq, chain, previous, kind, run } = entry;
    if (this.links.length === 0) {
      [this.origin, this.first, this.size] = [chain, seq, seq];
      this.links.push({ hash: seq === 0 ? genesisOf(chain) : previous, at: 0 });
    }
    const before = this.links.at(-1);
    const link = { hash: linkOf(previous, digestOf(entry.body)), at: Date.parse(entry.at) };
    this.demand(entry.hash === link.hash, 'edited');
    this.demand(seq === this.size, 'out-of-sequence');
    this.demand(chain === this.origin, 'foreign');
    this.demand(previous === before?.hash, 'broken-link');
    this.demand(link.at >= (before?.at ?? 0), 'clock-reversal');
    const entries = (this.runs.get(run)?.entries ?? 0) + 1;
    this.runs.set(run, { entries, isOpen: run !== '' && kind !== 'run-ended' });
    if (TELLING.test(kind)) this.readContent(entry, entries);
    this.links.push(link);
    this.size += 1;
    if (DECISION.test(kind)) this.decided = this.size;
  }

  readContent({ kind, run, body }: Entry, entries: number) {
    const { event, runEntries } = readObject(body);
    const { key, target, thread, facts } = membersOf(event);
    if (kind === 'chain-opened') this.chains.push(String(target));
    if (/^(chain|key)-/.test(kind)) return this.readChange(kind, membersOf(facts));
    if (kind === 'effect' && PUTS_THREAD_BACK.test(String(target)))
      this.decidedSincePutBack.delete(thread);
    if (kind === 'effect') return;
    // A visit has a key of its own, in which the superstep counts; a run ends once, wherever that is.
    const decision = `${kind} ${kind === 'approval' ? String(key) : run}`;
    const made = this.decidedSincePutBack.get(thread) ?? new Set();
    this.demand(!made.has(decision), 'decided-twice');
    this.decidedSincePutBack.set(thread, made.add(decision));
    // A run that began before a cut has entries in the archive.
    const isCounted = kind === 'run-ended' && run !== '' && this.first === 0;
    this.demand(!isCounted || runEntries === entries, 'run-incomplete');
  }

  readChange(kind: string, { size, head, from, fromPublicKey, toPublicKey }: Members) {
    const after = this.size + 1;
    if (kind === 'chain-cut') this.cuts.push({ after, left: `${String(size)} ${String(head)}` });
    if (kind === 'chain-resumed') this.adopted.push({ from: Number(from), until: this.size });
    if (kind === 'key-rotated') this.rotations.push({ size: after, fromPublicKey, toPublicKey });
  }

  judge(trusted: PublicKey, outside: readonly string[], expected = '') {
    const own = outside.filter((line) => readCheckpointLine(line)?.origin === this.origin);
    for (const line of own) this.read(line);
    const covered = Math.min(this.size, this.countSigned(this.keysFrom(trusted)));
    const { origin, first, size, decided, links, faults, chains, adopted } = this;
    this.demand(own.length > 0 || outside.join('') === '', 'foreign');
    this.demand(expected === '' || expected === origin, 'foreign');
    this.demand(size > first, 'cut-tail');
    this.demand(covered > first, 'not-signed');
    this.demand(decided <= covered || covered <= first, 'unsigned-decision', decided - 1);
    const start = `${first} ${links[0]?.hash}`;
    const isCut = this.cuts.some(({ after, left }) => after <= covered && left === start);
    this.demand(first === 0 || isCut, 'cut-head', first);
    const unseen = [
      `Whether entries after the checkpoint at ${covered} were cut off or rewritten: ${size - covered} are here, linked and not signed.`,
      'Whether a whole chain is missing: compare with the registry of chains.',
      'What somebody did who holds the signing key, and what was false when it was told.',
    ];
    if (first > 0) unseen.push(`The ${first} entries that were archived: verify their archive.`);
    if (own.length === 0) unseen.push('Whether the end went with its checkpoints: give the file.');
    for (const { from, until } of adopted)
      unseen.push(`Who wrote entries ${from} to ${until - 1}: unsigned when the log was opened.`);
    const openRuns = [...this.runs].flatMap(([run, { isOpen }]) => (isOpen ? [run] : []));
    const ok = faults.length === 0;
    return { ok, origin, first, size, covered, faults, unseen, openRuns, chains, adopted };
  }

  keysFrom(trusted: PublicKey) {
    // Each change is signed by the key before and the key after at the same size: trust goes from either one to the other,
    // nobody who holds neither can bring in a key of his own, and what is no key is handed nothing.
    const [oldest] = this.rotations;
    const ders = [oldest?.fromPublicKey, ...this.rotations.map((one) => one.toPublicKey)];
    try {
      const keys = ders.map((der) => readPublicKey(String(der)));
      return keys.some(({ id }) => id === trusted.id) ? keys : [trusted];
    } catch {
      return [trusted];
    }
  }

  countSigned(keys: readonly PublicKey[]) {
    const sizes = [0, ...this.rotations.map(({ size }) => size), Infinity];
    const signers = new Set<string>();
    let [covered, latest] = [0, ''];
    for (const line of [...this.checkpoints.values()].toSorted((one, two) => one.size - two.size)) {
      const { size, head, time, origin } = line;
      // What covers archived entries only is verified with their archive.
      if (this.first > 0 && size <= this.first) continue;
      const isTrue = keys.some((key, at) => {
        const isItsTurn = size >= (sizes[at] ?? 0) && size <= (sizes[at + 1] ?? 0);
        return isItsTurn && key.id === line.key && isSigned('checkpoint', line, key);
      });
      this.demand(isTrue, 'wrong-key', size - 1);
      this.demand(origin === this.origin, 'foreign', size - 1);
      if (!isTrue || origin !== this.origin) continue;
      const last = this.links[size - this.first] ?? { hash: head, at: 0 };
      this.demand(size <= this.size, 'cut-tail');
      this.demand(last.hash === head, 'rewritten', size - 1);
      this.demand(time >= latest && Date.parse(time) >= last.at, 'clock-reversal', size - 1);
      signers.add(`${line.key} ${size}`);
      [covered, latest] = [size, time];
    }
    for (const [at, { size }] of this.rotations.entries()) {
      const has = (key?: PublicKey): boolean => signers.has(`${key?.id} ${size}`);
      this.demand(has(keys[at]) && has(keys[at + 1]), 'wrong-key', size - 1);
    }
    return covered;
  }
}

export const openChain = (held: Partial<Chain> = {}): Chain => Object.assign(new Chain(), held);
