import { resolve } from 'node:path';

import { z } from 'zod';

const keyName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
  error: 'a name of at most 64 lower-case letters, digits, dots, hyphens and underscores',
});

/** The section `policy`: the house's own rules as data, and whose signatures on them count. */
export const PolicySection = z.strictObject({
  files: z.array(z.string().min(1).max(4096)).max(200).readonly(),
  /** By workflow: packs of standards that its gates ask by, in place of those that come with Phasegate. */
  standards: z.record(z.string().min(1).max(100), z.array(z.string().min(1).max(4096)).max(20)),
  signed: z.boolean(),
  keys: z.record(
    keyName,
    z.string().regex(/^\s*-----BEGIN PUBLIC KEY-----/, {
      error: 'a public key in PEM form (Ed25519)',
    }),
  ),
});
export type PolicySection = z.infer<typeof PolicySection>;

/** The house's own rules as data. */
export interface PolicySettings {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** A workflow and a standard's pack that its gates ask by; an absolute path. */
  readonly standards: readonly { readonly workflow: string; readonly file: string }[];
  /** Whether a file without a signature by one of `keys` is refused. */
  readonly isSigned: boolean;
  /** Ed25519, SPKI in PEM. */
  readonly keys: readonly { readonly keyId: string; readonly publicKey: string }[];
}

/** Gives what the section says. */
export function policySettingsOf(
  { files, standards, signed, keys }: PolicySection,
  workingDirectory: string,
): PolicySettings {
  return Object.freeze({
    files: Object.freeze(files.map((file) => resolve(workingDirectory, file))),
    standards: Object.freeze(
      Object.entries(standards).flatMap(([workflow, packs]) =>
        packs.map((file) => Object.freeze({ workflow, file: resolve(workingDirectory, file) })),
      ),
    ),
    isSigned: signed,
    keys: Object.freeze(
      Object.entries(keys).map(([keyId, publicKey]) => Object.freeze({ keyId, publicKey })),
    ),
  });
}
