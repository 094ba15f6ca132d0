import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { loadConfig, type Config, type LoadOptions } from '../../../config/index.ts';
import {
  InvalidManifestError,
  packageDemandsOf,
  readPackage,
  type PluginPackage,
  type ScanReport,
} from '../../../plugins/index.ts';
import { advisoriesFrom } from './advisories-file.ts';
import { openPluginsWith } from '../open-plugins-of.ts';
import { scanningOf, type PluginScanning } from './plugin-scanning.ts';

/**
 * Scans a folder as adding it would, and writes no report of it down. Security scanners that are active in this installation are
 * asked too.
 *
 * @param osvFile - Advisories to use in place of the configured ones.
 * @throws CONFIG_*; PLUGINS_*; APP_UNREADABLE_FILE.
 */
export async function scanFolder(
  options: LoadOptions,
  directory: string,
  osvFile?: string,
): Promise<ScanReport> {
  const plugin = await readPackage(directory);
  const unfit = packageDemandsOf(plugin);
  if (unfit.length > 0) throw new InvalidManifestError(directory, unfit);
  const config = withOsvFile(await loadConfig(options), osvFile);
  if (!hasRecords(config)) {
    const advisories = await advisoriesFrom(config.plugins.scan.osvFile);
    return await scanned(plugin, scanningOf(config.plugins, { advisories }));
  }
  await using plugins = await openPluginsWith(config, []);
  return await scanned(plugin, plugins.parts);
}

async function scanned(
  plugin: PluginPackage,
  { scan, checkSignature }: Pick<PluginScanning, 'scan' | 'checkSignature'>,
): Promise<ScanReport> {
  return await scan(plugin, await checkSignature(plugin));
}

function withOsvFile(config: Config, osvFile: string | undefined): Config {
  if (osvFile === undefined) return config;
  const { plugins } = config;
  return { ...config, plugins: { ...plugins, scan: { ...plugins.scan, osvFile } } };
}

/** Where nothing was ever added there is no scanner to ask, and nothing is made to look. */
function hasRecords({ dataDir, records }: Config): boolean {
  return records.kind === 'postgres' || existsSync(join(dataDir, 'plugins.db'));
}
