import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

// This folder uses Node alone, so that a trail can be verified without the software that wrote it.

const DOMAIN = 'phasegate-audit/1';
const CHECKPOINT_DOMAIN = 'phasegate-checkpoint/1\n';
const ENTRY = '{"entry":';
/** What stands between the body and the two hashes of 64 hex digits, and after them. */
const HASH = ',"hash":"';
const PREVIOUS = '","previous":"';
const END = '"}';
const PREVIOUS_AT = -64 - END.length;
const HASH_AT = PREVIOUS_AT - PREVIOUS.length - 64;
const BODY_END = HASH_AT - HASH.length;
const CHECKPOINT = /^\{"checkpoint":(\{[^{}]*\}),"signature":"([A-Za-z0-9+/=]{88})"\}$/;

export interface EntryLine {
  readonly body: string;
  readonly hash: string;
  readonly previous: string;
}

export interface CheckpointLine {
  readonly origin: string;
  readonly size: number;
  readonly head: string;
  readonly time: string;
  readonly key: string;
  /** The bytes that were signed, and the signature. */
  readonly text: string;
  readonly signature: string;
}

export interface PublicKey {
  readonly id: string;
  readonly der: string;
  readonly key: KeyObject;
}

export function genesisOf(origin: string): string {
  return hash('sha256', `${DOMAIN}\n${origin}`);
}

export function linkOf(previous: string, bodyDigest: string): string {
  return hash('sha256', `${DOMAIN}\n${previous}\n${bodyDigest}`);
}

export function digestOfText(text: string): string {
  return hash('sha256', text);
}

/** Reads `{"entry":BODY,"hash":"…","previous":"…"}`; the body stays text, because its bytes are what is hashed. */
export function readEntryLine(line: string): EntryLine | undefined {
  const { length } = line;
  const isEntry =
    line.startsWith(ENTRY) &&
    line.startsWith(HASH, length + BODY_END) &&
    line.startsWith(PREVIOUS, length + PREVIOUS_AT - PREVIOUS.length) &&
    line.endsWith(END);
  if (!isEntry) return undefined;
  return {
    body: line.slice(ENTRY.length, BODY_END),
    hash: line.slice(HASH_AT, HASH_AT + 64),
    previous: line.slice(PREVIOUS_AT, -END.length),
  };
}

export function readCheckpointLine(line: string): CheckpointLine | undefined {
  const [, text = '', signature = ''] = CHECKPOINT.exec(line) ?? [];
  const value = readObject(text);
  const { origin, size, head, time, key } = value ?? {};
  if (typeof origin !== 'string' || typeof size !== 'number' || typeof head !== 'string') return;
  if (typeof time !== 'string' || typeof key !== 'string') return;
  return { origin, size, head, time, key, text, signature };
}

/** @param key - PEM, or base64 of SPKI DER as rotations record it. @throws for anything but an Ed25519 key. */
export function readPublicKey(key: string): PublicKey {
  const read = key.includes('-----BEGIN')
    ? createPublicKey(key)
    : createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  if (read.asymmetricKeyType !== 'ed25519') throw new TypeError('Expected an Ed25519 public key.');
  const der = read.export({ type: 'spki', format: 'der' });
  return { id: hash('sha256', der).slice(0, 32), der: der.toString('base64'), key: read };
}

/** Tells whether `key` made the signature (base64, Ed25519) over `text`. */
export function isSigned(key: PublicKey, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), key.key, Buffer.from(signature, 'base64'));
}

export function isSignedCheckpoint(key: PublicKey, line: CheckpointLine): boolean {
  return isSigned(key, CHECKPOINT_DOMAIN + line.text, line.signature);
}

export function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
