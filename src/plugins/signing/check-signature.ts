import { createPublicKey, verify, type KeyObject } from 'node:crypto';

import { systemClock, type Clock } from '../../kernel/index.ts';
import type { PluginPackage } from '../contract/index.ts';
import { UnusableKeyError } from '../errors/index.ts';
import type { SignatureCheck } from '../registry/registry-parts.ts';
import {
  Envelope,
  fromBase64,
  PAYLOAD_TYPE,
  preAuthenticationEncoding,
  Statement,
} from './envelope.ts';
import { isSigstoreBundle, MAX_BUNDLE_BYTES } from './sigstore/bundle-shape.ts';
import { checkBundle, type TrustedIdentity } from './sigstore/check-bundle.ts';
import { openTrustedRoot, type BundleVerifier } from './sigstore/trusted-root.ts';

/** A key that an operator trusts. */
export interface TrustedKey {
  readonly keyId: string;
  /** Ed25519, SPKI in PEM. */
  readonly publicKey: string;
  /** The publishers whose plugins it may sign. */
  readonly publishers: readonly string[];
  /** ISO-8601 UTC; signatures made outside of these are not taken. */
  readonly validFrom?: string;
  readonly validUntil?: string;
  /** From when on it is not trusted any more, whenever a signature says that it was made. */
  readonly revokedAt?: string;
}

/** What signatures are checked with. */
export interface SignatureSettings {
  readonly trustedKeys: readonly TrustedKey[];
  /** Without it no bundle of sigstore is trusted. */
  readonly sigstore?: SigstoreTrust | undefined;
  readonly clock?: Clock;
}

/** Whose bundles of sigstore count. */
export interface SigstoreTrust {
  /** Gives the text of the trusted root; asked when the first bundle is met. */
  readonly trustedRoot: () => Promise<string>;
  readonly identities: readonly TrustedIdentity[];
}

interface ReadyKey {
  readonly trusted: TrustedKey;
  readonly key: KeyObject;
}

/**
 * Makes what checks the signatures of plugins, offline.
 *
 * @returns What takes a plugin and, where it is not the file that its manifest names, a signature: a DSSE envelope or a bundle of
 * sigstore. It gives `none` for a plugin without one; `trusted` when a trusted key or identity signed exactly these files for a
 * publisher that it may sign for; `revoked` when the key is revoked or out of its time; `unknown-key` when no key here made it;
 * `invalid` for everything else: another digest, another plugin, a broken envelope, a signature that does not fit its key.
 * What it gives rejects with {@link UnusableTrustedRootError}, and with what the trusted root cannot be read for.
 * @throws {@link UnusableKeyError} for a trusted key that is not Ed25519.
 */
export function createSignatureCheck({
  trustedKeys,
  sigstore,
  clock = systemClock,
}: SignatureSettings): (plugin: PluginPackage, signature?: Uint8Array) => Promise<SignatureCheck> {
  const keys = trustedKeys.map((trusted) => ({ trusted, key: readKey(trusted) }));
  let verifier: BundleVerifier | undefined;
  return async (plugin, signature = signatureOf(plugin)) => {
    if (signature === undefined)
      return { status: plugin.manifest.signature === undefined ? 'none' : 'invalid' };
    const value = signature.length > MAX_BUNDLE_BYTES ? undefined : jsonOf(signature);
    if (!isSigstoreBundle(value)) return checkEnvelope(plugin, value, { keys, clock });
    if (sigstore === undefined)
      return { status: 'unknown-key', why: 'no trusted root of sigstore is configured' };
    verifier ??= await openTrustedRoot(await sigstore.trustedRoot());
    const trust = { verifier, identities: sigstore.identities, clock };
    return await checkBundle(plugin, value, trust);
  };
}

function signatureOf({ manifest, files }: PluginPackage): Uint8Array | undefined {
  return manifest.signature === undefined ? undefined : files.get(manifest.signature);
}

function checkEnvelope(
  plugin: PluginPackage,
  value: unknown,
  { keys, clock }: { readonly keys: readonly ReadyKey[]; readonly clock: Clock },
): SignatureCheck {
  const signed = readEnvelope(value);
  if (signed === undefined || !isAbout(signed.statement, plugin)) return { status: 'invalid' };
  const answers = signed.signatures.map(({ keyid, sig }): SignatureCheck => {
    const known = keys.find(({ trusted }) => trusted.keyId === keyid);
    // The name of a key is a hint alone (DSSE): under another name, a key that is trusted is found all the same.
    const maker = [known, ...keys].find(
      (each) => each !== undefined && verify(null, signed.encoded, each.key, sig),
    );
    if (maker !== undefined) return judge(maker.trusted, signed.statement, clock);
    return known === undefined
      ? { status: 'unknown-key', ...(keyid === '' ? {} : { keyId: keyid }) }
      : { status: 'invalid', keyId: keyid };
  });
  return worstOf(answers);
}

/** One good signature is enough, unless another one is revoked or wrong. */
function worstOf(answers: readonly SignatureCheck[]): SignatureCheck {
  for (const status of ['invalid', 'revoked', 'trusted', 'unknown-key'] as const) {
    const found = answers.find((answer) => answer.status === status);
    if (found !== undefined) return found;
  }
  return { status: 'invalid' };
}

interface Signed {
  readonly statement: Statement;
  readonly encoded: Uint8Array;
  readonly signatures: readonly { readonly keyid: string; readonly sig: Uint8Array }[];
}

function readEnvelope(value: unknown): Signed | undefined {
  const envelope = Envelope.safeParse(value);
  if (!envelope.success || envelope.data.payloadType !== PAYLOAD_TYPE) return undefined;
  const payload = fromBase64(envelope.data.payload);
  if (payload === undefined) return undefined;
  const statement = Statement.safeParse(jsonOf(payload));
  if (!statement.success) return undefined;
  const signatures = envelope.data.signatures.map(({ keyid, sig }) => ({
    keyid,
    sig: fromBase64(sig) ?? new Uint8Array(),
  }));
  const encoded = preAuthenticationEncoding(PAYLOAD_TYPE, payload);
  return { statement: statement.data, encoded, signatures };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // What is not JSON is not an envelope, and the schema says so.
    return undefined;
  }
}

function isAbout(statement: Statement, { manifest, digest }: PluginPackage): boolean {
  return (
    statement.digest === digest &&
    statement.id === manifest.id &&
    statement.version === manifest.version &&
    statement.publisher === manifest.publisher
  );
}

function judge(trusted: TrustedKey, statement: Statement, clock: Clock): SignatureCheck {
  const { keyId, publishers, validFrom, validUntil, revokedAt } = trusted;
  const now = Date.parse(clock.now());
  const signedAt = Date.parse(statement.signedAt);
  // A thief dates signatures as he likes: after a revocation none is taken.
  if (revokedAt !== undefined && !(now < Date.parse(revokedAt)))
    return { status: 'revoked', keyId };
  const isTooEarly = validFrom !== undefined && !(signedAt >= Date.parse(validFrom));
  const isTooLate = validUntil !== undefined && !(signedAt <= Date.parse(validUntil));
  if (isTooEarly || isTooLate || signedAt > now) return { status: 'revoked', keyId };
  return publishers.includes(statement.publisher)
    ? { status: 'trusted', keyId }
    : { status: 'unknown-key', keyId };
}

function readKey({ keyId, publicKey }: TrustedKey): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(publicKey);
  } catch (error) {
    throw new UnusableKeyError(keyId, error);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new UnusableKeyError(keyId);
  return key;
}
