import { createHmac, hkdfSync } from 'node:crypto';

import { InvalidStateKeyError } from '../../errors/index.ts';

const KEY_BYTES = 32;
const DIGEST_BYTES = 18;

/** What is derived from one secret, each for one use. */
export interface KeyMaterial {
  readonly id: string;
  readonly mac: Uint8Array;
  readonly segment: Uint8Array;
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
  const mac = createHmac('sha256', key.mac).update(`phasegate/state/${kind}/1`);
  let prefix = '';
  for (const field of fields) {
    const length = typeof field === 'string' ? Buffer.byteLength(field) : field.length;
    if (typeof field === 'string') prefix += `|${length}:${field}`;
    else {
      mac.update(`${prefix}|${length}:`).update(field);
      prefix = '';
    }
  }
  return mac.update(prefix).digest();
}

/** Gives the address of a segment: equal within one thread for equal bytes, and telling nothing of them. */
export function segmentDigest(key: KeyMaterial, thread: string, bytes: Uint8Array): string {
  return createHmac('sha256', key.segment)
    .update(`${Buffer.byteLength(thread)}:${thread}|`)
    .update(bytes)
    .digest()
    .subarray(0, DIGEST_BYTES)
    .toString('base64url');
}

function materialOf(secret: Uint8Array): KeyMaterial {
  if (secret.length < KEY_BYTES) throw new InvalidStateKeyError(secret.length);
  const derive = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, '', `phasegate/state/${use}/1`, KEY_BYTES));
  const id = Buffer.from(derive('key-id')).subarray(0, 6).toString('base64url');
  return {
    id,
    mac: derive('mac'),
    segment: derive('segment'),
    encryption: derive('encryption'),
  };
}
