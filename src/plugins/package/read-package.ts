import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { MANIFEST_FILE, type Manifest, type PluginPackage } from '../contract/index.ts';
import { BrokenPackageError } from '../errors/index.ts';
import { hashesOf, packageDigest } from './package-digest.ts';
import { MAX_MANIFEST_BYTES, readManifest } from './read-manifest.ts';

/** What a plugin's folder may hold at most. */
/** Files and folders together. */
const MAX_ENTRIES = 2000;
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_PACKAGE_BYTES = 16 * 1024 * 1024;

/**
 * Reads a plugin's folder whole: what is returned is what runs later, whatever happens to the folder afterwards. Nothing of it
 * is evaluated.
 *
 * @param directory - The folder that holds `phasegate.plugin.json`.
 * @returns Manifest, digest and every file, as they were at one moment.
 * @throws {@link BrokenPackageError} for a folder that is missing, too large, holds a symbolic link or anything but plain
 * files and folders, changes while it is read, lacks its entry, or differs from its own `integrity`;
 * {@link InvalidManifestError} for a manifest that does not fit.
 */
export async function readPackage(directory: string): Promise<PluginPackage> {
  const root = await rootOf(directory);
  const files = new Map<string, Uint8Array>();
  await collect({ root, files, budget: { bytes: MAX_PACKAGE_BYTES, entries: MAX_ENTRIES } }, '');
  const text = files.get(MANIFEST_FILE);
  if (text === undefined) throw new BrokenPackageError(directory, `it holds no ${MANIFEST_FILE}`);
  if (text.length > MAX_MANIFEST_BYTES)
    throw new BrokenPackageError(
      directory,
      `its manifest has ${text.length} bytes, and may have ${MAX_MANIFEST_BYTES}`,
    );
  const manifest = readManifest(utf8(text, directory), join(directory, MANIFEST_FILE));
  files.delete(MANIFEST_FILE);
  if (!files.has(manifest.entry))
    throw new BrokenPackageError(directory, `its entry "${manifest.entry}" is not there`);
  compareIntegrity(directory, manifest, hashesOf(files, manifest));
  const digest = packageDigest({ manifest, files });
  return Object.freeze({ manifest, digest, files, directory: root });
}

/** Gives the Subresource Integrity (sha384) of every file but the manifest and the signature. */
export function integrityOf({ files, manifest }: PluginPackage): Readonly<Record<string, string>> {
  return Object.fromEntries(hashesOf(files, manifest));
}

interface Walk {
  readonly root: string;
  readonly files: Map<string, Uint8Array>;
  readonly budget: { bytes: number; entries: number };
}

async function rootOf(directory: string): Promise<string> {
  const path = resolve(directory);
  try {
    if (!(await lstat(path)).isDirectory())
      throw new BrokenPackageError(directory, 'it is not a folder, or a link to one');
    return await realpath(path);
  } catch (error) {
    if (error instanceof BrokenPackageError) throw error;
    const isThere = !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
    throw new BrokenPackageError(
      directory,
      isThere ? 'it cannot be read' : 'it is not there',
      error,
    );
  }
}

async function collect(walk: Walk, folder: string): Promise<void> {
  const entries = await readdir(join(walk.root, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (--walk.budget.entries < 0)
      throw new BrokenPackageError(walk.root, `it holds over ${MAX_ENTRIES} files and folders`);
    if (entry.isDirectory()) {
      refuseVendored(walk.root, path, entry);
      // One after the other, so that a folder made to be huge is refused early.
      // oxlint-disable-next-line no-await-in-loop
      await collect(walk, path);
    } else if (entry.isFile()) {
      // oxlint-disable-next-line no-await-in-loop
      walk.files.set(path, await readOnce(walk, path));
    } else {
      throw new BrokenPackageError(walk.root, `"${path}" is a link or a special file`);
    }
  }
}

function refuseVendored(root: string, path: string, entry: Dirent): void {
  if (entry.name === 'node_modules' || entry.name === '.git')
    throw new BrokenPackageError(
      root,
      `"${path}" does not belong into a plugin: bundle what it needs`,
    );
}

// Of what was put there since the folder was listed, a link is not followed, and a pipe is not waited for.
const READ_AT_ONCE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readOnce({ root, budget }: Walk, path: string): Promise<Uint8Array> {
  const file = await open(join(root, path), READ_AT_ONCE).catch((error: unknown) => {
    throw new BrokenPackageError(root, `"${path}" cannot be read`, error);
  });
  try {
    const before = await file.stat();
    if (!before.isFile()) throw new BrokenPackageError(root, `"${path}" is a special file`);
    budget.bytes -= before.size;
    if (before.size > MAX_FILE_BYTES)
      throw new BrokenPackageError(
        root,
        `"${path}" has ${before.size} bytes, and a file may have ${MAX_FILE_BYTES}`,
      );
    if (budget.bytes < 0)
      throw new BrokenPackageError(
        root,
        `with "${path}" it has over ${MAX_PACKAGE_BYTES} bytes, which is all that a plugin may have`,
      );
    const content = await file.readFile();
    const after = await file.stat();
    if (content.length !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new BrokenPackageError(root, `"${path}" changed while it was read`);
    return content;
  } finally {
    await file.close();
  }
}

function compareIntegrity(
  directory: string,
  { integrity }: Manifest,
  hashes: ReadonlyMap<string, string>,
): void {
  if (integrity === undefined) return;
  for (const path of new Set([...Object.keys(integrity), ...hashes.keys()])) {
    if (integrity[path] === hashes.get(path)) continue;
    const what = hashes.has(path) ? 'differs from' : 'is missing, but is named in';
    const known = Object.hasOwn(integrity, path);
    throw new BrokenPackageError(
      directory,
      known
        ? `"${path}" ${what} the manifest's integrity`
        : `"${path}" is not in the manifest's integrity`,
    );
  }
}

function utf8(bytes: Uint8Array, directory: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new BrokenPackageError(directory, 'its manifest is not UTF-8', error);
  }
}
