import { z } from 'zod';

/** What a bundle may hold at most. */
export const MAX_BUNDLE_BYTES = 256 * 1024;

/** The two names of the one format that is taken: version 0.3. */
const MEDIA_TYPES = [
  'application/vnd.dev.sigstore.bundle.v0.3+json',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
] as const;

// The verifier makes a regular expression of the name before each signature of a checkpoint: one that is more than a name could
// keep this process busy for ever.
const SIGNER = /^ [\w.:/-]{1,200} /;

/** Whether every signature of a checkpoint stands under a plain name. */
function hasPlainSigners(envelope: string): boolean {
  return envelope
    .split('\u2014')
    .slice(1)
    .every((line) => SIGNER.test(line));
}

const Checkpoint = z.looseObject({
  envelope: z.string().max(8192).refine(hasPlainSigners),
});

/** A bundle with a certificate and at least one log entry, as far as it has to be known before the verifier reads it. */
export const BundleShape = z.looseObject({
  mediaType: z.enum(MEDIA_TYPES),
  verificationMaterial: z.looseObject({
    certificate: z.looseObject({ rawBytes: z.base64().max(16_384) }),
    tlogEntries: z
      .array(z.looseObject({ inclusionProof: z.looseObject({ checkpoint: Checkpoint }) }))
      .min(1)
      .max(4),
    timestampVerificationData: z
      .looseObject({ rfc3161Timestamps: z.array(z.unknown()).max(4).optional() })
      .optional(),
  }),
});
export type BundleShape = z.infer<typeof BundleShape>;

/** Whether a file's JSON calls itself a bundle of sigstore, in whatever version. */
export function isSigstoreBundle(value: unknown): boolean {
  return Named.safeParse(value).success;
}

const Named = z.looseObject({
  mediaType: z.string().startsWith('application/vnd.dev.sigstore.bundle'),
});

// What other predicates say of a plugin (that its tests failed, say) is not that somebody publishes it.
const PREDICATES = [
  'https://slsa.dev/provenance/v1',
  'https://slsa.dev/provenance/v0.2',
  'https://sigstore.dev/cosign/sign/v1',
] as const;

/** The payload of a bundle with a DSSE envelope. @see in-toto attestation framework, Statement v1. */
export const InTotoStatement = z.looseObject({
  _type: z.enum(['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1']),
  predicateType: z.enum(PREDICATES),
  subject: z
    .array(z.looseObject({ digest: z.record(z.string(), z.string()) }))
    .min(1)
    .max(1000),
});

/** The type of the envelope around an {@link InTotoStatement}. */
export const IN_TOTO = 'application/vnd.in-toto+json';
