import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import {
  createChainVerifier,
  verifyReceipt,
  type ChainReport,
  type ReceiptReport,
} from '../../audit/index.ts';
import { isPhasegateError } from '../../kernel/index.ts';
import { NoReceiptError, UnreadableFileError, UnusableKeyError } from '../errors.ts';

/** Files that evidence is verified from; nothing else is looked at. */
export interface EvidenceFiles {
  /** The export, or the receipt. */
  readonly file: string;
  readonly key: string;
  /** The checkpoint file that was kept outside. */
  readonly checkpoints?: string | undefined;
}

/** Verifies an export. @throws {@link UnreadableFileError}; {@link UnusableKeyError} */
export async function verifyExportFile({
  file,
  key,
  checkpoints,
}: EvidenceFiles): Promise<ChainReport> {
  const outside = checkpoints === undefined ? '' : await contentOf(checkpoints);
  const publicKey = await readKey(key);
  const verifier = createChainVerifier(publicKey, { checkpoints: outside.split('\n') });
  try {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      verifier.read(line);
    }
  } catch (error) {
    throw isPhasegateError(error) ? error : new UnreadableFileError(file, error);
  }
  return verifier.finish();
}

/** Verifies a receipt. @throws {@link UnreadableFileError}; {@link NoReceiptError}; {@link UnusableKeyError} */
export async function verifyReceiptFile({ file, key }: EvidenceFiles): Promise<ReceiptReport> {
  const report = verifyReceipt(await contentOf(file), await readKey(key));
  const isReceipt = report.entries.length > 0 || report.signedAt !== '';
  if (!isReceipt) throw new NoReceiptError(file);
  return report;
}

/** Reads a public key. @throws {@link UnreadableFileError}; {@link UnusableKeyError} */
export async function readKey(path: string): Promise<string> {
  const key = await contentOf(path);
  try {
    createChainVerifier(key);
    return key;
  } catch (error) {
    throw new UnusableKeyError(path, error);
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UnreadableFileError(path, error);
  }
}
