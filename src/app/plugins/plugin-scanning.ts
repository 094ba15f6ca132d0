import { loadConfig, type LoadOptions, type PluginSettings } from '../../config/index.ts';
import {
  createScanner,
  createSignatureCheck,
  InvalidManifestError,
  packageDemandsOf,
  readPackage,
  type RegistryParts,
  type ScanReport,
} from '../../plugins/index.ts';

/** How plugins are scanned here, and whose signatures count. */
export interface PluginScanning extends Pick<RegistryParts, 'scan' | 'checkSignature'> {
  /** The digest of the rules; a scan by others is out of date. */
  rulesDigest(): string;
}

/**
 * Gives the scan and the signature check of the configuration. In the production profile, code that no configured key has signed
 * is rejected whatever its risk.
 *
 * @throws PLUGINS_UNUSABLE_KEY.
 */
export function scanningOf({ scan: settings, keys, profile }: PluginSettings): PluginScanning {
  const scan = createScanner({
    thresholds: settings.thresholds,
    blocked: settings.blocked,
    suppressions: settings.suppressions.map(({ plugin, ...rest }) => ({
      ...rest,
      ...(plugin === undefined ? {} : { plugin }),
    })),
  });
  const checkSignature = createSignatureCheck({
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
    rulesDigest: () => scan.rulesDigest(),
    scan: async (plugin, signature) => {
      const report = await scan(plugin, signature);
      const isOurs = plugin.module !== undefined || signature.status === 'trusted';
      return profile === 'sandbox' || isOurs ? report : unsigned(report);
    },
  };
}

/** Scans a folder as adding it would, and writes nothing down. @throws CONFIG_*; PLUGINS_*. */
export async function scanFolder(options: LoadOptions, directory: string): Promise<ScanReport> {
  const { plugins } = await loadConfig(options);
  const { scan, checkSignature } = scanningOf(plugins);
  const plugin = await readPackage(directory);
  const unfit = packageDemandsOf(plugin);
  if (unfit.length > 0) throw new InvalidManifestError(directory, unfit);
  return await scan(plugin, await checkSignature(plugin));
}

function unsigned(report: ScanReport): ScanReport {
  return { ...report, decision: 'reject', gates: [...report.gates, 'unsigned'] };
}
