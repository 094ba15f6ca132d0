import { createHash } from 'node:crypto';

import { canonicalJson, digestOf, frozenJson, type JsonValue } from '../../kernel/index.ts';
import type { Manifest, PluginPackage } from '../contract/index.ts';

/**
 * Gives the digest that a plugin is known by: over its manifest as understood and every file. The signature signs it, so it is
 * not a part of it.
 *
 * @returns SHA-256, 64 lowercase hex digits.
 */
export function packageDigest(plugin: Described): string {
  return digestOf(described(plugin));
}

/**
 * Gives the text that `packageDigest` is the SHA-256 of, for whoever signs a file: the manifest as understood, and the
 * hash of every file.
 */
export function packageSubject(plugin: Described): string {
  return canonicalJson(described(plugin));
}

type Described = Pick<PluginPackage, 'files' | 'manifest'>;

function described({ files, manifest }: Described): JsonValue {
  const hashes = Object.fromEntries(hashesOf(files, manifest));
  return { manifest: frozenJson(manifest), files: hashes };
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
