import { readFile } from 'node:fs/promises';

import type { PluginSettings } from '../../../config/index.ts';
import {
  createScanner,
  createSignatureCheck,
  type Advisories,
  type RegistryParts,
  type ScanReport,
  type Scanner,
  type ScanRule,
  type SigstoreTrust,
} from '../../../plugins/index.ts';
import { UnreadableFileError } from '../../errors.ts';

/** How plugins are scanned here, and whose signatures count. */
export interface PluginScanning extends Pick<RegistryParts, 'scan'> {
  readonly checkSignature: ReturnType<typeof createSignatureCheck>;
  /** The digest of the rules; a scan by others is out of date. */
  rulesDigest(): Promise<string>;
}

/** What a scan knows besides its own rules. */
export interface ScanKnowledge {
  readonly advisories?: Advisories | undefined;
  /** Rules of plugins that are active now. */
  readonly extraRules?: () => Promise<readonly ScanRule[]>;
}

/**
 * Gives the scan and the signature check of the configuration. In the production profile, code that no configured key has signed
 * is rejected whatever its risk.
 *
 * @throws PLUGINS_UNUSABLE_KEY.
 */
export function scanningOf(
  { scan: settings, keys, sigstore, profile }: PluginSettings,
  { advisories, extraRules = async () => [] }: ScanKnowledge = {},
): PluginScanning {
  const scanner = async (): Promise<Scanner> =>
    createScanner({
      thresholds: settings.thresholds,
      blocked: settings.blocked,
      suppressions: settings.suppressions.map(({ plugin, ...rest }) => ({
        ...rest,
        ...(plugin === undefined ? {} : { plugin }),
      })),
      advisories,
      extraRules: await extraRules(),
    });
  const checkSignature = createSignatureCheck({
    sigstore: trustOf(sigstore),
    trustedKeys: keys.map(({ name, publicKey, publishers, from, until, revokedAt }) => ({
      keyId: name,
      publicKey,
      publishers,
      ...(from === undefined ? {} : { validFrom: from }),
      ...(until === undefined ? {} : { validUntil: until }),
      ...(revokedAt === undefined ? {} : { revokedAt }),
    })),
  });
  return {
    checkSignature,
    rulesDigest: async () => (await scanner()).rulesDigest(),
    scan: async (plugin, signature) => {
      const scan = await scanner();
      const report = await scan(plugin, signature);
      const isOurs = plugin.module !== undefined || signature.status === 'trusted';
      return profile === 'sandbox' || isOurs ? report : unsigned(report);
    },
  };
}

function trustOf(sigstore: PluginSettings['sigstore']): SigstoreTrust | undefined {
  if (sigstore === undefined) return undefined;
  const { trustedRootFile, identities } = sigstore;
  return {
    trustedRoot: async () => {
      try {
        return await readFile(trustedRootFile, 'utf8');
      } catch (error) {
        throw new UnreadableFileError(trustedRootFile, error);
      }
    },
    identities: identities.map(({ revokedAt, ...rest }) => ({
      ...rest,
      ...(revokedAt === undefined ? {} : { revokedAt }),
    })),
  };
}

function unsigned(report: ScanReport): ScanReport {
  return { ...report, decision: 'reject', gates: [...report.gates, 'unsigned'] };
}
