import { hkdfSync } from 'node:crypto';

import { InvalidStateKeyError } from '../../errors/index.ts';
import { createKeyedDigest, type KeyedDigest } from './keyed-digest.ts';

const KEY_BYTES = 32;
const DIGEST_BYTES = 18;

/** What is derived from one secret, each for one use. */
export interface KeyMaterial {
  readonly id: string;
  readonly mac: KeyedDigest;
  readonly segment: KeyedDigest;
  readonly encryption: Uint8Array;
}

/** The keys that a store's rows were sealed with. */
export interface Keyring {
  /** Seals what is written. */
  readonly current: KeyMaterial;
  find(id: string): KeyMaterial | undefined;
}

/**
 * Derives the keys of a ring.
 *
 * @param secrets - At least one, 32 bytes or more each. The first seals; the others are for reading what they sealed.
 * @throws {@link InvalidStateKeyError}
 */
export function createKeyring(secrets: readonly Uint8Array[]): Keyring {
  const materials = secrets.map(materialOf);
  const [current] = materials;
  if (current === undefined) throw new InvalidStateKeyError(0);
  const byId = new Map(materials.map((material) => [material.id, material]));
  return { current, find: (id) => byId.get(id) };
}

/** Gives a MAC over fields, none of which can pass for a part of another. */
export function macOf(
  key: KeyMaterial,
  kind: string,
  fields: readonly (string | Uint8Array)[],
): Buffer {
  const parts: (string | Uint8Array)[] = [];
  let text = `phasegate/state/${kind}/1`;
  for (const field of fields) {
    if (typeof field === 'string') text += `|${Buffer.byteLength(field)}:${field}`;
    else {
      parts.push(`${text}|${field.length}:`, field);
      text = '';
    }
  }
  return key.mac(...parts, text);
}

/** Gives the address of a segment: equal within one thread for equal bytes, and telling nothing of them. */
export function segmentDigest(key: KeyMaterial, thread: string, bytes: Uint8Array): string {
  return key
    .segment(`${Buffer.byteLength(thread)}:${thread}|`, bytes)
    .toString('base64url', 0, DIGEST_BYTES);
}

/**
 * Gives the id that stored state names a key by; it tells nothing of the key.
 *
 * @param secret - 32 bytes or more.
 * @throws {@link InvalidStateKeyError}
 */
export function stateKeyId(secret: Uint8Array): string {
  return Buffer.from(derive(secret, 'key-id')).subarray(0, 6).toString('base64url');
}

function derive(secret: Uint8Array, use: string): Uint8Array {
  if (secret.length < KEY_BYTES) throw new InvalidStateKeyError(secret.length);
  return new Uint8Array(hkdfSync('sha256', secret, '', `phasegate/state/${use}/1`, KEY_BYTES));
}

function materialOf(secret: Uint8Array): KeyMaterial {
  return {
    id: stateKeyId(secret),
    mac: createKeyedDigest(derive(secret, 'mac')),
    segment: createKeyedDigest(derive(secret, 'segment')),
    encryption: derive(secret, 'encryption'),
  };
}
