import { X509Certificate } from 'node:crypto';
import { Buffer } from 'node:buffer';

import type { Bundle } from '@sigstore/bundle';
import type { Signer } from '@sigstore/verify';

import type { Clock } from '../../../kernel/index.ts';
import type { PluginPackage } from '../../contract/index.ts';
import { packageSubject } from '../../package/index.ts';
import type { SignatureCheck } from '../../registry/registry-parts.ts';
import { BundleShape, IN_TOTO, InTotoStatement } from './bundle-shape.ts';
import type { BundleVerifier } from './trusted-root.ts';

/** Someone whose signatures count, as a certificate names them. */
export interface TrustedIdentity {
  readonly name: string;
  /** The publishers whose plugins it may sign. */
  readonly publishers: readonly string[];
  /** The one name of the certificate: a URI, such as that of a workflow, or an e-mail address. Compared letter by letter. */
  readonly identity: string;
  /** Who vouched for the name to the certificate authority: the URL of the OIDC issuer. */
  readonly issuer: string;
  /** ISO-8601 UTC: from when on it is not trusted any more, whenever it signed. */
  readonly revokedAt?: string;
}

/** What a bundle is judged by. */
export interface BundleTrust {
  readonly verifier: BundleVerifier;
  readonly identities: readonly TrustedIdentity[];
  readonly clock: Clock;
}

/**
 * Checks a sigstore bundle over a plugin, offline: the certificate is from a trusted authority and in a certificate log, a trusted
 * log took the signature while the certificate was valid, the signature is over this plugin, and its maker is someone who may sign it.
 *
 * @returns `trusted` only then; whatever else is wrong, `invalid`, `unknown-key` or `revoked`, with the reason.
 */
export async function checkBundle(
  plugin: PluginPackage,
  value: unknown,
  { verifier, identities, clock }: BundleTrust,
): Promise<SignatureCheck> {
  const shape = BundleShape.safeParse(value);
  if (!shape.success)
    return invalid('it is no sigstore bundle 0.3 with a certificate and a log entry');
  const subject = Buffer.from(packageSubject(plugin), 'utf8');
  const verified = await verifier(shape.data, subject);
  if ('why' in verified) return invalid(verified.why);
  if (!isAbout(verified.bundle, plugin.digest)) return invalid('it is about something else');
  const { rawBytes } = shape.data.verificationMaterial.certificate;
  const names = namesOf(rawBytes);
  const known = identities.filter(
    ({ identity, issuer }) => names.includes(identity) && issuer === issuerOf(verified.signer),
  );
  return judge(known, plugin.manifest.publisher, clock);
}

function judge(known: readonly TrustedIdentity[], publisher: string, clock: Clock): SignatureCheck {
  if (known.length === 0)
    return { status: 'unknown-key', why: 'its signer is none of the configured identities' };
  const now = Date.parse(clock.now());
  const revoked = known.find(
    ({ revokedAt }) => revokedAt !== undefined && !(now < Date.parse(revokedAt)),
  );
  if (revoked !== undefined) return { status: 'revoked', keyId: revoked.name };
  const signer = known.find(({ publishers }) => publishers.includes(publisher));
  return signer === undefined
    ? { status: 'unknown-key', why: 'its signer may not sign for this publisher' }
    : { status: 'trusted', keyId: signer.name };
}

/** The log and the signature fit each other; whether they are about these files is for us to say. */
function isAbout({ content }: Bundle, digest: string): boolean {
  if (content.$case === 'messageSignature')
    return content.messageSignature.messageDigest.digest.toString('hex') === digest;
  const { payloadType, payload } = content.dsseEnvelope;
  if (payloadType !== IN_TOTO) return false;
  const statement = InTotoStatement.safeParse(jsonOf(payload));
  return (
    statement.success && statement.data.subject.some((each) => each.digest['sha256'] === digest)
  );
}

/** Gives the names of a certificate that has exactly one. Node writes names that could be mistaken in quotes: they fit none. */
function namesOf(rawBytes: string): readonly string[] {
  const { subjectAltName = '' } = new X509Certificate(Buffer.from(rawBytes, 'base64'));
  const [, name] = /^(?:URI|email):([^\s",]+)$/.exec(subjectAltName) ?? [];
  return name === undefined ? [] : [name];
}

function issuerOf({ identity }: Signer): string | undefined {
  return identity?.extensions?.issuer;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // What is not JSON is no statement, and the schema says so.
    return undefined;
  }
}

function invalid(why: string): SignatureCheck {
  return { status: 'invalid', why };
}
