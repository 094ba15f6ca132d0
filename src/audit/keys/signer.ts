import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  type KeyObject,
} from 'node:crypto';

/** Signs checkpoints and receipts. */
export interface Signer {
  /** The first 32 hex digits of the SHA-256 of the public key (SPKI, DER). */
  readonly keyId: string;
  /** The public key in PEM form, to be given to whoever verifies. */
  readonly publicKey: string;
  /** The public key as base64 of SPKI DER, as the chain records it. */
  readonly publicKeyDer: string;
  /** @returns An Ed25519 signature over the UTF-8 bytes of `text`, in base64. */
  sign(text: string): string;
}

/**
 * Gives the signer of a private key.
 *
 * @param privateKey - An Ed25519 key in PEM form (PKCS #8).
 * @throws what node:crypto throws for a text that is not such a key.
 */
export function createSigner(privateKey: string): Signer {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('Expected an Ed25519 key.');
  return signerOf(key);
}

/** Makes a new key. @returns PKCS #8 in PEM form. */
export function generateSigningKey(): string {
  return generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

function signerOf(key: KeyObject): Signer {
  const publicKey = createPublicKey(key);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return Object.freeze({
    keyId: hash('sha256', der).slice(0, 32),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicKeyDer: der.toString('base64'),
    sign: (text: string) => sign(null, Buffer.from(text), key).toString('base64'),
  });
}
