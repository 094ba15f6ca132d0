import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

import type { Checkpoint, EntryLine, Signed } from './report-types.ts';

// This folder uses Node alone, so that a trail can be verified without the software that wrote it.

const CHECKPOINT = /^\{"checkpoint":(\{[^{}]*\}),"signature":"([A-Za-z0-9+/=]{88})"\}$/;
const BEGINNING = /^\{"at":"([^"\\]+)","chain":"([^"\\]+)",/;
const KIND = /^,"kind":"([^"\\]*)"/;
const RUN = /,"run":"((?:[^"\\]|\\.)*)"/;
const TEXTS = ['origin', 'head', 'time', 'key'] as const;

export type Members = Readonly<Record<string, unknown>>;
export type PublicKey = Readonly<{ id: string; key: KeyObject }>;

export const digestOf = (text: string): string => hash('sha256', text);
export const genesisOf = (origin: string): string => digestOf(`phasegate-audit/1\n${origin}`);
export const linkOf = (previous: string, digest: string): string =>
  digestOf(`phasegate-audit/1\n${previous}\n${digest}`);

/**
 * Reads `{"entry":BODY,"hash":"…","previous":"…"}` by position. The body is canonical JSON, its members in the order of
 * their names, and no text in it holds a bare quote: the last `,"kind":"` is the event's, and nothing has to be parsed.
 */
export function readEntryLine(line: string): EntryLine | undefined {
  const end = line.length - 153;
  const isEntry = line.startsWith(',"hash":"', end) && line.startsWith('","previous":"', end + 73);
  const body = line.slice('{"entry":'.length, end);
  const [, at = '', chain = ''] = BEGINNING.exec(body) ?? [];
  const seqAt = body.lastIndexOf(',"seq":');
  const rest = body.slice(body.lastIndexOf(',"kind":"', seqAt), seqAt);
  const [, kind] = KIND.exec(rest) ?? [];
  if (!isEntry || !line.endsWith('"}') || chain === '' || kind === undefined) return undefined;
  // Text as it is written, escapes included.
  const [, run = ''] = RUN.exec(rest) ?? [];
  const seq = Number.parseInt(body.slice(seqAt + 7, seqAt + 24), 10);
  const [hashed, previous] = [line.slice(end + 9, end + 73), line.slice(-66, -2)];
  return { body, hash: hashed, previous, at, chain, seq, kind, run };
}

export function readCheckpointLine(line: string): Checkpoint | undefined {
  const [, text = '', signature = ''] = CHECKPOINT.exec(line) ?? [];
  const told = readObject(text);
  const isWhole =
    typeof told['size'] === 'number' && TEXTS.every((name) => typeof told[name] === 'string');
  return isWhole ? { ...(told as Omit<Checkpoint, keyof Signed>), text, signature } : undefined;
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

export const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};

/** What is not an object of JSON has no members. */
export function readObject(text: string): Members {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return {};
  }
}
