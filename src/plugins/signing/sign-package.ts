import { Buffer } from 'node:buffer';

import { canonicalJson, systemClock, type Clock } from '../../kernel/index.ts';
import type { PluginPackage } from '../contract/index.ts';
import { signPayload, type SigningKey } from './dsse.ts';
import { PAYLOAD_TYPE, type Envelope, type Statement } from './envelope.ts';

/**
 * Signs a package: a DSSE envelope over its id, version, publisher and digest. The envelope is written as JSON into the file
 * that the manifest names as its `signature`; that file is not a part of the digest.
 *
 * @throws {@link UnusableKeyError} for a key that is not Ed25519.
 */
export function signPackage(
  { manifest, digest }: PluginPackage,
  key: SigningKey,
  clock: Clock = systemClock,
): Envelope {
  const { id, version, publisher } = manifest;
  const statement: Statement = { id, version, publisher, digest, signedAt: clock.now() };
  return signPayload(PAYLOAD_TYPE, Buffer.from(canonicalJson(statement), 'utf8'), key);
}
