import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Buffer } from 'node:buffer';

import { UnusableKeyError } from '../errors/index.ts';
import { Envelope, fromBase64, preAuthenticationEncoding } from './envelope.ts';

/** A key to sign with. */
export interface SigningKey {
  readonly keyId: string;
  /** Ed25519, PKCS#8 in PEM. */
  readonly privateKey: string;
}

/** A key whose signatures count. */
export interface VerifyingKey {
  readonly keyId: string;
  /** Ed25519, SPKI in PEM. */
  readonly publicKey: string;
}

/**
 * Signs a payload.
 *
 * @throws {@link UnusableKeyError} for a key that is not Ed25519.
 * @see DSSE 1.0.2; RFC 8032 (Ed25519)
 */
export function signPayload(
  payloadType: string,
  payload: Buffer,
  { keyId, privateKey }: SigningKey,
): Envelope {
  const encoded = preAuthenticationEncoding(payloadType, payload);
  // Ed25519 hashes by itself, so that no hash function is named.
  const signature = sign(
    null,
    encoded,
    readKey(keyId, () => createPrivateKey(privateKey)),
  );
  return Object.freeze({
    payloadType,
    payload: payload.toString('base64'),
    signatures: Object.freeze([{ keyid: keyId, sig: signature.toString('base64') }]),
  });
}

/**
 * Opens an envelope, offline.
 *
 * @param envelope - What was read, whatever it is.
 * @returns The payload and the id of the first key that made a signature of it; undefined where none did.
 * @throws {@link UnusableKeyError} for a key that is not Ed25519.
 */
export function openEnvelope(
  payloadType: string,
  envelope: unknown,
  keys: readonly VerifyingKey[],
): { readonly payload: Uint8Array; readonly keyId: string } | undefined {
  const parsed = Envelope.safeParse(envelope);
  if (!parsed.success || parsed.data.payloadType !== payloadType) return undefined;
  const payload = fromBase64(parsed.data.payload);
  if (payload === undefined) return undefined;
  const encoded = preAuthenticationEncoding(payloadType, payload);
  const signatures = parsed.data.signatures.flatMap(({ sig }) => fromBase64(sig) ?? []);
  const maker = keys.find(({ keyId, publicKey }) => {
    const key = readKey(keyId, () => createPublicKey(publicKey));
    return signatures.some((signature) => verify(null, encoded, key, signature));
  });
  return maker === undefined ? undefined : { payload, keyId: maker.keyId };
}

function readKey(keyId: string, create: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = create();
  } catch (error) {
    throw new UnusableKeyError(keyId, error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new UnusableKeyError(keyId);
  return key;
}
