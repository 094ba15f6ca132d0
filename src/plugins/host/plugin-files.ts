import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { makeFolder } from '../../kernel/index.ts';
import { PluginDeniedError, PluginHostError, PluginLimitError } from '../errors/index.ts';

/** Where a plugin's files are, and how much of one may be read or written at once. */
export interface FileRules {
  readonly plugin: string;
  /** The folder that every path of the plugin is relative to; made when it is first written to. */
  readonly directory: string;
  readonly maxBytes: number;
  /** How much all files of the plugin may take together. */
  readonly quotaBytes: number;
}

/** A relative path with forward slashes, without `.`, `..`, empty or hidden parts and without NUL. */
export function soundPath(plugin: string, path: unknown): string {
  const parts = typeof path === 'string' ? path.split('/') : [];
  if (parts.length === 0 || parts.some((part) => !/^[\w-][\w.-]*$/.test(part)))
    throw new PluginDeniedError(plugin, 'fs', 'a path is relative, such as "data/in.csv"');
  return parts.join('/');
}

/** Reads a UTF-8 file below the plugin's folder. Links are not followed, wherever on the way they are. */
export async function readPluginFile(rules: FileRules, path: string): Promise<string> {
  const use = async (file: FileHandle): Promise<string> => {
    const about = await file.stat();
    if (!about.isFile()) throw new PluginHostError(rules.plugin, 'readFile', 'it is no file');
    const { size } = about;
    if (size > rules.maxBytes)
      throw new PluginLimitError(rules.plugin, 'outputKb', Math.floor(rules.maxBytes / 1024));
    return await file.readFile('utf8');
  };
  return await withFile(rules, path, {
    flags: constants.O_RDONLY | constants.O_NONBLOCK,
    call: 'readFile',
    use,
  });
}

/** Writes a UTF-8 file below the plugin's folder, and the folders above it. */
export async function writePluginFile(rules: FileRules, path: string, text: string): Promise<void> {
  if (Buffer.byteLength(text) > rules.maxBytes)
    throw new PluginLimitError(rules.plugin, 'outputKb', Math.floor(rules.maxBytes / 1024));
  makeFolder(rules.directory, 0o700);
  await demandNoLink(rules, path);
  await demandRoom(rules, path, Buffer.byteLength(text));
  makeFolder(dirname(join(rules.directory, path)), 0o700);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;
  const use = (file: FileHandle): Promise<void> => file.writeFile(text, 'utf8');
  await withFile(rules, path, { flags, call: 'writeFile', use });
}

/** What a plugin keeps has an end: the file that is written anew is counted by its new size. */
async function demandRoom(rules: FileRules, path: string, bytes: number): Promise<void> {
  const { plugin, directory, quotaBytes } = rules;
  const used = await bytesBelow(directory, join(directory, path));
  if (used + bytes > quotaBytes)
    throw new PluginLimitError(plugin, 'filesKb', Math.floor(quotaBytes / 1024));
}

/** Bytes of all files below a folder, rounded up to blocks so that many small ones count, too. */
async function bytesBelow(folder: string, besides: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (path === besides) continue;
    if (entry.isDirectory()) {
      // oxlint-disable-next-line no-await-in-loop
      bytes += BLOCK_BYTES + (await bytesBelow(path, besides));
    } else {
      // oxlint-disable-next-line no-await-in-loop
      bytes += Math.ceil((await lstat(path)).size / BLOCK_BYTES) * BLOCK_BYTES;
    }
  }
  return bytes;
}

const BLOCK_BYTES = 4096;

/** Looks at every folder on the way that is there already: making the others must not follow a link out of it. */
async function demandNoLink({ plugin, directory }: FileRules, path: string): Promise<void> {
  const root = await realpath(directory);
  const parts = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const folder = join(root, ...parts.slice(0, depth));
    // oxlint-disable-next-line no-await-in-loop
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined) return;
    if (real !== folder)
      throw new PluginDeniedError(plugin, 'fs', 'a link leads out of the way to it');
  }
}

interface Opening<Value> {
  readonly flags: number;
  readonly call: string;
  readonly use: (file: FileHandle) => Promise<Value>;
}

async function withFile<Value>(
  { plugin, directory }: FileRules,
  path: string,
  { flags, call, use }: Opening<Value>,
): Promise<Value> {
  const full = join(directory, path);
  const folder = await realpath(dirname(full)).catch(() => '');
  const root = await realpath(directory).catch(() => directory);
  if (folder === '') throw new PluginHostError(plugin, call, 'there is no such folder');
  if (folder !== join(root, dirname(path)))
    throw new PluginDeniedError(plugin, 'fs', 'a link leads out of the way to it');
  let file: FileHandle;
  try {
    file = await open(full, flags | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ELOOP') throw new PluginDeniedError(plugin, 'fs', 'it is a link');
    throw new PluginHostError(plugin, call, `the file cannot be opened (${code})`);
  }
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
