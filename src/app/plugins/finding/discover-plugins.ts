import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import { isPhasegateError } from '../../../kernel/index.ts';
import { readPackage, type PluginPackage } from '../../../plugins/index.ts';
import { UnreadableFileError } from '../../errors.ts';

/** The keyword by which npm packages are known as plugins. */
export const PLUGIN_KEYWORD = 'phasegate-plugin';

/** A package that says of itself that it is a plugin. */
export interface DiscoveredPlugin {
  /** The name of the npm package. */
  readonly name: string;
  readonly directory: string;
  /** What it holds; undefined when it cannot be read as a plugin. */
  readonly plugin: PluginPackage | undefined;
  /** Why it cannot be read; empty otherwise. */
  readonly problem: string;
}

const PackageJson = z.object({
  name: z.string().max(214),
  keywords: z.array(z.string()).max(1000),
});
const MAX_PACKAGE_JSON = 1_048_576;

/**
 * Looks for plugins among the installed npm packages of a folder, by the keyword `phasegate-plugin`. Nothing of them is run or
 * added.
 *
 * @param directory - The folder that holds `node_modules`.
 * @throws {@link UnreadableFileError} for a folder that is not there, or cannot be read.
 */
export async function discoverPlugins(directory: string): Promise<readonly DiscoveredPlugin[]> {
  const root = join(directory, 'node_modules');
  const found: DiscoveredPlugin[] = [];
  for (const folder of await packageFolders(root)) {
    // One after the other: there may be thousands.
    // oxlint-disable-next-line no-await-in-loop
    const name = await pluginName(folder);
    // oxlint-disable-next-line no-await-in-loop
    if (name !== undefined) found.push(await discovered(name, folder));
  }
  return found;
}

async function packageFolders(root: string): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(root);
  } catch (error) {
    // Where nothing was installed, no plugin was; a folder that is not there is a mistake.
    if (isMissing(error) && existsSync(dirname(root))) return [];
    throw new UnreadableFileError(root, error);
  }
  const folders: string[] = [];
  for (const name of names.filter((each) => !each.startsWith('.')).toSorted()) {
    const folder = join(root, name);
    // oxlint-disable-next-line no-await-in-loop
    if (name.startsWith('@')) folders.push(...(await scoped(folder)));
    else folders.push(folder);
  }
  return folders;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function scoped(scope: string): Promise<readonly string[]> {
  const names: readonly string[] = await readdir(scope).catch(() => []);
  return names.toSorted().map((name) => join(scope, name));
}

/** The name of a package that has the keyword; what has no package.json that can be read is no package. */
async function pluginName(folder: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    if (text.length > MAX_PACKAGE_JSON) return undefined;
    const parsed = PackageJson.safeParse(JSON.parse(text));
    return parsed.data?.keywords.includes(PLUGIN_KEYWORD) === true ? parsed.data.name : undefined;
  } catch {
    return undefined;
  }
}

async function discovered(name: string, folder: string): Promise<DiscoveredPlugin> {
  try {
    // Workspaces and some package managers link packages: what the link means is what would be added.
    const directory = await realpath(folder);
    return { name, directory, plugin: await readPackage(directory), problem: '' };
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    return { name, directory: folder, plugin: undefined, problem: error.message };
  }
}
