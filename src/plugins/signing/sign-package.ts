import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { Buffer } from 'node:buffer';

import { canonicalJson, systemClock, type Clock } from '../../kernel/index.ts';
import type { PluginPackage } from '../contract/index.ts';
import { UnusableKeyError } from '../errors/index.ts';
import {
  PAYLOAD_TYPE,
  preAuthenticationEncoding,
  type Envelope,
  type Statement,
} from './envelope.ts';

/** A publisher's key. */
export interface SigningKey {
  readonly keyId: string;
  /** Ed25519, PKCS#8 in PEM. */
  readonly privateKey: string;
}

/**
 * Signs a package: a DSSE envelope over its id, version, publisher and digest. The envelope is written as JSON into the file
 * that the manifest names as its `signature`; that file is not a part of the digest.
 *
 * @throws {@link UnusableKeyError} for a key that is not Ed25519.
 * @see DSSE 1.0.2; RFC 8032 (Ed25519)
 */
export function signPackage(
  { manifest, digest }: PluginPackage,
  { keyId, privateKey }: SigningKey,
  clock: Clock = systemClock,
): Envelope {
  const { id, version, publisher } = manifest;
  const statement: Statement = { id, version, publisher, digest, signedAt: clock.now() };
  const payload = Buffer.from(canonicalJson(statement), 'utf8');
  const encoded = preAuthenticationEncoding(PAYLOAD_TYPE, payload);
  // Ed25519 hashes by itself, so that no hash function is named.
  const signature = sign(null, encoded, readKey(keyId, privateKey));
  return Object.freeze({
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString('base64'),
    signatures: Object.freeze([{ keyid: keyId, sig: signature.toString('base64') }]),
  });
}

function readKey(keyId: string, pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (error) {
    throw new UnusableKeyError(keyId, error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new UnusableKeyError(keyId);
  return key;
}
