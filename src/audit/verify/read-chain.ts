import {
  digestOfText,
  genesisOf,
  linkOf,
  readCheckpointLine,
  readEntryLine,
  readObject,
  type CheckpointLine,
  type EntryLine,
} from './chain-lines.ts';

/** What is wrong with a chain, one word a kind. */
export type FaultKind =
  | 'unreadable'
  | 'edited'
  | 'broken-link'
  | 'out-of-sequence'
  | 'cut-head'
  | 'cut-tail'
  | 'rewritten'
  | 'foreign'
  | 'wrong-key'
  | 'clock-reversal'
  | 'not-signed'
  | 'run-incomplete';

/** One thing that is wrong; `seq` is the entry where it shows. */
export interface Fault {
  readonly kind: FaultKind;
  readonly seq: number;
  readonly message: string;
}

type Members = Readonly<Record<string, unknown>>;

/** What an export says, gathered line by line. */
export interface ChainReading {
  origin: string;
  /** The first entry's number, and the hash that it continues. */
  first: number;
  start: string;
  /** The hash after, and the time of, each entry. */
  readonly links: string[];
  readonly times: string[];
  readonly checkpoints: CheckpointLine[];
  readonly faults: Fault[];
  readonly runs: Map<string, { entries: number; ended: boolean }>;
  /** Facts of the entries that record a rotation (with its place) or a cut, and the chains that were begun. */
  readonly rotations: { readonly size: number; readonly facts: Members }[];
  readonly cuts: Members[];
  readonly chains: string[];
}

export function newReading(origin: string): ChainReading {
  const lists = { links: [], times: [], checkpoints: [], faults: [], rotations: [], cuts: [] };
  return { origin, first: 0, start: '', ...lists, runs: new Map(), chains: [] };
}

/** Reads one line of an export: an entry, a checkpoint, or the header, which nobody signed and nothing relies on. */
export function readLine(reading: ChainReading, line: string): void {
  if (line === '' || line.startsWith('{"format":"phasegate-audit/1"')) return;
  if (line.startsWith('{"entry":')) return readEntry(reading, line);
  const checkpoint = readCheckpointLine(line);
  if (checkpoint !== undefined) reading.checkpoints.push(checkpoint);
  else note(reading, 'unreadable', 'a line is neither an entry nor a checkpoint');
}

/** Notes a fault at the entry that comes next. */
export function note(reading: ChainReading, kind: FaultKind, message: string): void {
  noteAt(reading, { kind, seq: reading.first + reading.links.length, message });
}

export function noteAt({ faults }: ChainReading, fault: Fault): void {
  faults.push(fault);
}

interface ReadEntry extends EntryLine {
  readonly at: string;
  readonly chain: string;
  readonly seq: number;
  readonly event: unknown;
  readonly runEntries: unknown;
}

function parsed(line: string): ReadEntry | undefined {
  const entry = readEntryLine(line);
  const read = entry && readObject(entry.body);
  if (entry === undefined || read === undefined) return undefined;
  const { at, chain, seq, event, runEntries } = read;
  const isWhole = typeof at === 'string' && typeof chain === 'string' && typeof seq === 'number';
  if (!isWhole) return undefined;
  const { body, hash, previous } = entry;
  return { body, hash, previous, at, chain, seq, event, runEntries };
}

function readEntry(reading: ChainReading, line: string): void {
  const entry = parsed(line);
  if (entry === undefined) return note(reading, 'unreadable', 'a line is not an entry');
  const { links, times } = reading;
  if (links.length === 0) {
    reading.origin ||= entry.chain;
    reading.first = entry.seq;
    reading.start = entry.seq === 0 ? genesisOf(reading.origin) : entry.previous;
  }
  const link = linkOf(entry.previous, digestOfText(entry.body));
  if (entry.hash !== link) note(reading, 'edited', 'its hash is not the hash of its content');
  checkPlace(reading, entry);
  readEvent(reading, entry);
  links.push(link);
  times.push(entry.at);
}

function checkPlace(reading: ChainReading, { seq, chain, previous, at }: ReadEntry): void {
  const { links, times, start, first } = reading;
  const next = first + links.length;
  if (seq !== next) note(reading, 'out-of-sequence', `expected entry ${next}, found ${seq}`);
  if (chain !== reading.origin) note(reading, 'foreign', `it belongs to ${chain}`);
  if (previous !== (links.at(-1) ?? start))
    note(reading, 'broken-link', 'it continues another one');
  if (at < (times.at(-1) ?? '')) note(reading, 'clock-reversal', 'it is older than the one before');
}

function readEvent(reading: ChainReading, { event, runEntries }: ReadEntry): void {
  const { kind, run, target, facts } = membersOf(event);
  const seq = reading.first + reading.links.length;
  if (kind === 'key-rotated') reading.rotations.push({ size: seq + 1, facts: membersOf(facts) });
  if (kind === 'chain-cut') reading.cuts.push(membersOf(facts));
  if (kind === 'chain-opened') reading.chains.push(String(target));
  if (typeof run !== 'string') return;
  const known = reading.runs.get(run) ?? { entries: 0, ended: false };
  if (known.entries === 0) reading.runs.set(run, known);
  const entries = (known.entries += 1);
  const ended = (known.ended = kind === 'run-ended');
  // A run that began before a cut has entries in the archive.
  if (ended && reading.first === 0 && runEntries !== entries) {
    const told = `run ${run} was closed with ${String(runEntries)} entries, ${entries} are here`;
    note(reading, 'run-incomplete', told);
  }
}

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}
