import { generateKeyPairSync } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';

import { loadConfig, type LoadOptions } from '../../config/index.ts';
import {
  MANIFEST_FILE,
  packageSubject,
  readPackage,
  signPackage,
  type PluginPackage,
  type SignatureCheck,
} from '../../plugins/index.ts';
import { UnreadableFileError } from '../errors.ts';
import { UnusableFolderError, UnusableKeyFileError } from './errors.ts';
import { scanningOf } from './scanning/plugin-scanning.ts';

const SIGNATURE_FILE = 'signature.json';

/** What was signed. */
export interface SignedFolder {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly keyId: string;
  /** Absolute path of the envelope. */
  readonly file: string;
}

/** The files of a new key. */
export interface KeyFiles {
  readonly keyId: string;
  readonly privateKey: string;
  readonly publicKey: string;
  /** The public half, SPKI in PEM. */
  readonly publicKeyPem: string;
}

/**
 * Signs the plugin of a folder: names the signature's file in the manifest where it is not named yet, and writes it.
 *
 * @throws PLUGINS_BROKEN_PACKAGE, PLUGINS_INVALID_MANIFEST, PLUGINS_UNUSABLE_KEY; {@link UnusableKeyFileError}.
 */
export async function signFolder(directory: string, keyFile: string): Promise<SignedFolder> {
  const privateKey = await readKeyFile(keyFile);
  const keyId = basename(keyFile).replace(/\.pem$/, '');
  let plugin = await readPackage(directory);
  // A key that cannot sign is told before anything is written.
  signPackage(plugin, { keyId, privateKey });
  if (plugin.manifest.signature === undefined) plugin = await nameSignature(plugin, directory);
  const { manifest, digest } = plugin;
  const file = resolve(directory, manifest.signature ?? SIGNATURE_FILE);
  const envelope = signPackage(plugin, { keyId, privateKey });
  await writeWhole(file, `${JSON.stringify(envelope, null, 2)}\n`);
  return { id: manifest.id, version: manifest.version, digest, keyId, file };
}

/** The text that a sigstore client signs. */
export type SubjectFile = Omit<SignedFolder, 'keyId'>;

/**
 * Writes the text that the digest of a folder's plugin is the SHA-256 of, for a sigstore client to sign; names the signature's
 * file in the manifest where it is not named yet.
 *
 * @throws PLUGINS_BROKEN_PACKAGE, PLUGINS_INVALID_MANIFEST; {@link UnusableFolderError}.
 */
export async function writeSubject(directory: string, path: string): Promise<SubjectFile> {
  const file = resolve(path);
  if (file.startsWith(join(resolve(directory), sep)))
    throw new UnusableFolderError(file, 'the file would be a part of what is signed');
  let plugin = await readPackage(directory);
  if (plugin.manifest.signature === undefined) plugin = await nameSignature(plugin, directory);
  await writeWhole(file, packageSubject(plugin));
  const { manifest, digest } = plugin;
  return { id: manifest.id, version: manifest.version, digest, file };
}

/**
 * Verifies the signature of a folder against the configured keys and identities.
 *
 * @param bundleFile - A signature beside the folder, in place of the one that its manifest names.
 * @throws CONFIG_*; PLUGINS_*; {@link UnreadableFileError}.
 */
export async function verifyFolder(
  options: LoadOptions,
  directory: string,
  bundleFile?: string,
): Promise<SignatureCheck & Pick<SignedFolder, 'id' | 'version' | 'digest'>> {
  const { plugins } = await loadConfig(options);
  const plugin = await readPackage(directory);
  const bundle = bundleFile === undefined ? undefined : await readBundle(bundleFile);
  const check = await scanningOf(plugins).checkSignature(plugin, bundle);
  const { manifest, digest } = plugin;
  return { ...check, id: manifest.id, version: manifest.version, digest };
}

/**
 * Makes a key to sign plugins with: `NAME.pem`, readable by its owner only, and `NAME.pub.pem`.
 *
 * @throws {@link UnusableKeyFileError} when one of the files is there already or cannot be written.
 */
export async function generateSigningKeys(path: string): Promise<KeyFiles> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const stem = resolve(path).replace(/\.pem$/, '');
  const files = { privateKey: `${stem}.pem`, publicKey: `${stem}.pub.pem` };
  await writeNew(files.privateKey, privateKey, 0o600);
  await writeNew(files.publicKey, publicKey, 0o644);
  return { keyId: basename(stem), ...files, publicKeyPem: publicKey };
}

async function nameSignature(plugin: PluginPackage, directory: string): Promise<PluginPackage> {
  const file = join(directory, MANIFEST_FILE);
  const manifest = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeWhole(
    file,
    `${JSON.stringify({ ...manifest, signature: SIGNATURE_FILE }, null, 2)}\n`,
  );
  return await readPackage(plugin.directory ?? directory);
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UnusableKeyFileError(path, 'cannot be read', error);
  }
}

async function readBundle(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UnreadableFileError(path, error);
  }
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode, flush: true });
  } catch (error) {
    throw new UnusableKeyFileError(path, 'is there already, or cannot be written', error);
  }
}

/** A file that is whole or as it was, whatever happens; written beside the folder's files only for a moment. */
async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await writeFile(`${path}.part`, text, { flush: true });
    await rename(`${path}.part`, path);
  } catch (error) {
    throw new UnusableFolderError(path, 'the file cannot be written', error);
  }
}
