import { createHash } from 'node:crypto';

import { digestOf, frozenJson } from '../../kernel/index.ts';
import type { Manifest, PluginPackage } from '../contract/index.ts';

/**
 * Gives the digest that a plugin is known by: over its manifest as understood and every file. The signature signs it, so it is
 * not a part of it.
 *
 * @returns SHA-256, 64 lowercase hex digits.
 */
export function packageDigest({
  files,
  manifest,
}: Pick<PluginPackage, 'files' | 'manifest'>): string {
  const hashes = Object.fromEntries(hashesOf(files, manifest));
  return digestOf({ manifest: frozenJson(manifest), files: hashes });
}

/** Gives the Subresource Integrity of every file but the signature, by path. */
export function hashesOf(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: Manifest,
): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const [path, content] of files) {
    if (path === manifest.signature) continue;
    hashes.set(path, `sha384-${createHash('sha384').update(content).digest('base64')}`);
  }
  return hashes;
}
