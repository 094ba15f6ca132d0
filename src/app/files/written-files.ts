import { hash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { OutputFailedError } from '../errors.ts';

/** The file in which an output folder keeps what was written there, so that everything else in it is known to be somebody else's. */
export const RECORD = '.phasegate-files.json';

const Name = z
  .string()
  .max(4096)
  .refine((path) => !path.startsWith('/') && !path.split(/[/\\]/).includes('..'));
/** By path: SHA-256 of what stands there; of two contents while one is exchanged for the other. */
const Written = z.record(Name, z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(2));
export type Written = z.infer<typeof Written>;

/** Names a content. */
export function contentDigest(content: string | Uint8Array): string {
  return hash('sha256', content);
}

/** Reads what was written into a folder before: nothing, where it holds no record of ours. */
export async function readWritten(root: string): Promise<Written> {
  const text = await contentAt(join(root, RECORD));
  if (text === undefined) return {};
  try {
    return Written.parse(JSON.parse(text.toString('utf8')));
  } catch {
    // Then nothing in the folder is known to be ours, and nothing in it is touched.
    return {};
  }
}

/** Notes what stands in a folder. @throws {@link OutputFailedError} */
export async function noteWritten(root: string, written: Written): Promise<void> {
  await writeWhole(join(root, RECORD), `${JSON.stringify(written)}\n`);
}

/** Writes a file that appears whole or not at all, and in its own place: no link is followed. @throws {@link OutputFailedError} */
export async function writeWhole(target: string, content: string | Uint8Array): Promise<void> {
  // The same name each time, so that the next run takes away what a crash leaves.
  const part = `${target}.phasegate-part`;
  try {
    await rm(part, { force: true });
    await writeFile(part, content, { flag: 'wx', flush: true });
    await rename(part, target);
  } catch (error) {
    // A full disk wants its space back. Where that fails too, the next run does it; why the file was not written is told.
    await rm(part, { force: true }).catch(() => undefined);
    throw new OutputFailedError(target, error);
  }
}

/** Whether what stands at `path` was written by this program and not changed since. */
export async function isOurs(root: string, path: string, written: Written): Promise<boolean> {
  const known = Object.hasOwn(written, path) ? (written[path] ?? []) : [];
  const content = await contentAt(join(root, path));
  return content !== undefined && known.includes(contentDigest(content));
}

/** Gives a file's bytes; undefined where there is none. @throws {@link OutputFailedError} where it cannot be told. */
export async function contentAt(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new OutputFailedError(path, error);
  }
}
