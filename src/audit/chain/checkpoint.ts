import { canonicalJson } from '../../kernel/index.ts';
import type { Signer } from '../keys/signer.ts';

/** What is signed: a chain had this head at this size. */
export interface Checkpoint {
  readonly origin: string;
  /** How many entries the chain had. */
  readonly size: number;
  /** The chain's hash after the last of them. */
  readonly head: string;
  /** When it was signed, ISO-8601 UTC. */
  readonly time: string;
}

/** A checkpoint with its signature, as it is stored and kept outside. */
export interface SignedCheckpoint extends Checkpoint {
  /** The id of the key that signed. */
  readonly key: string;
  /** One line of JSON: the checkpoint in canonical form and an Ed25519 signature in base64 over exactly these bytes. */
  readonly line: string;
}

const DOMAIN = 'phasegate-checkpoint/1\n';

/**
 * Signs `checkpoint`.
 *
 * @see RFC 8032 (Ed25519)
 */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): SignedCheckpoint {
  const signed = { ...checkpoint, key: signer.keyId };
  const text = canonicalJson(signed);
  const signature = signer.sign(`${DOMAIN}${text}`);
  return Object.freeze({ ...signed, line: `{"checkpoint":${text},"signature":"${signature}"}` });
}
