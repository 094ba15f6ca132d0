import type { Buffer } from 'node:buffer';

import type { Bundle } from '@sigstore/bundle';
import type { Signer, Verifier } from '@sigstore/verify';
import { z } from 'zod';

import { UnusableTrustedRootError } from '../../errors/index.ts';
import type { BundleShape } from './bundle-shape.ts';

/** Verifies a bundle over a file's bytes by a trusted root. @returns Who signed it, or why it does not count. */
export type BundleVerifier = (
  bundle: BundleShape,
  subject: Buffer,
) => Promise<{ readonly bundle: Bundle; readonly signer: Signer } | { readonly why: string }>;

const authority = z.array(z.looseObject({})).min(1);
const TrustedRootShape = z.looseObject({
  mediaType: z.string().startsWith('application/vnd.dev.sigstore.trustedroot'),
  certificateAuthorities: authority,
  tlogs: authority,
  ctlogs: authority,
});

/**
 * Reads a trusted root (`trusted_root.json` of sigstore, or of an installation of one's own).
 *
 * @throws {@link UnusableTrustedRootError} for a text that is none, or names no certificate authority, no log of signatures or no
 * log of certificates.
 */
export async function openTrustedRoot(text: string): Promise<BundleVerifier> {
  // Most installations never meet a bundle.
  const [{ bundleFromJSON }, { toSignedEntity, toTrustMaterial, Verifier }, { TrustedRoot }] =
    await Promise.all([
      import('@sigstore/bundle'),
      import('@sigstore/verify'),
      import('@sigstore/protobuf-specs'),
    ]);
  let verifier: Verifier;
  try {
    const root = TrustedRoot.fromJSON(TrustedRootShape.parse(JSON.parse(text)));
    verifier = new Verifier(toTrustMaterial(root), {
      tlogThreshold: 1,
      ctlogThreshold: 1,
      timestampThreshold: 1,
    });
  } catch (error) {
    throw new UnusableTrustedRootError(error);
  }
  return async (shape, subject) => {
    try {
      const bundle = bundleFromJSON(shape);
      return { bundle, signer: verifier.verify(toSignedEntity(bundle, subject)) };
    } catch (error) {
      // Whatever the verifier stumbles over, nothing is vouched for.
      return { why: reasonOf(error) };
    }
  };
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^CERTIFICATE_/, 'its certificate is of no trusted authority, or was not valid at the time'],
  [/^TLOG_/, 'no trusted log vouches for it'],
  [/^TIMESTAMP_/, 'no trusted clock says when it was made'],
  [/^(?:SIGNATURE|PUBLIC_KEY)_/, 'its signature does not fit'],
];

/** In our own words: those of the verifier repeat what stands in the bundle. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'it cannot be read';
}
