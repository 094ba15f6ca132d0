import type { RuleHit, ScanRule } from '../../scan-rule.ts';

const MANIFEST = 'phasegate.plugin.json';
const PLACE: RuleHit = Object.freeze({ file: MANIFEST, line: 1 });
const of = (applies: boolean): readonly RuleHit[] => (applies ? [PLACE] : []);

/** The files are not those that the digest stands for. */
export const wrongDigest: ScanRule = {
  id: 'identity.digest',
  part: 'provenance',
  severity: 'critical',
  confidence: 1,
  message: 'The files are not those that its digest stands for.',
  gate: 'digest-mismatch',
  pass: 1,
  find: ({ digest }) => of(digest.found !== undefined && digest.found !== digest.expected),
};

/** The signature is not one of these files. */
export const invalidSignature: ScanRule = {
  id: 'identity.invalid-signature',
  part: 'provenance',
  severity: 'critical',
  confidence: 1,
  message: 'The signature does not belong to these files.',
  gate: 'invalid-signature',
  pass: 1,
  find: ({ signature }) => of(signature.status === 'invalid'),
};

/** The key was revoked. */
export const revokedKey: ScanRule = {
  id: 'identity.revoked-key',
  part: 'provenance',
  severity: 'critical',
  confidence: 1,
  message: 'Was signed with a key that is revoked or out of its time.',
  gate: 'revoked-key',
  pass: 1,
  find: ({ signature }) => of(signature.status === 'revoked'),
};

/** The operator refuses this plugin or its publisher. */
export const blockedPlugin: ScanRule = {
  id: 'identity.blocked',
  part: 'provenance',
  severity: 'critical',
  confidence: 1,
  message: 'Is on the list of what is refused here.',
  gate: 'blocklist',
  pass: 1,
  find: ({ manifest, digest, blocked }) =>
    of(
      blocked.plugins.includes(manifest.id) ||
        blocked.plugins.includes(digest.expected) ||
        (digest.found !== undefined && blocked.plugins.includes(digest.found)) ||
        blocked.publishers.includes(manifest.publisher),
    ),
};

/** Nobody stands for the files. */
export const unsigned: ScanRule = {
  id: 'provenance.unsigned',
  part: 'provenance',
  severity: 'high',
  confidence: 1,
  message: 'Is not signed.',
  pass: 1,
  find: ({ signature, isModule }) => of(signature.status === 'none' && !isModule),
};

/** Someone stands for the files whom nobody here knows. */
export const unknownKey: ScanRule = {
  id: 'provenance.unknown-key',
  part: 'provenance',
  severity: 'high',
  confidence: 1,
  message: 'Is signed with a key that is not known here.',
  pass: 1,
  find: ({ signature }) => of(signature.status === 'unknown-key'),
};
