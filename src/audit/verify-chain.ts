import type { ChainReport, ChainVerifier, ReceiptReport, VerifyOptions } from './report-types.ts';
import { judgeReceipt, openChain, readPublicKey } from './verify/verifier.ts';

/**
 * Makes a verifier that is fed an export one line at a time, and asked once at the end.
 *
 * @param publicKey - Ed25519, PEM or base64 of SPKI DER; any of the chain's keys when they were rotated.
 * @throws what node:crypto throws for a text that is not such a key.
 */
export function createChainVerifier(publicKey: string, options: VerifyOptions = {}): ChainVerifier {
  const trusted = readPublicKey(publicKey);
  const chain = openChain();
  return {
    read: (line) => chain.read(line),
    finish: () => chain.judge(trusted, options.checkpoints ?? [], options.origin),
  };
}

/**
 * Verifies an export (JSON Lines) against the public key of its checkpoints. Pure: no clock, no file, no network.
 *
 * @param lines - The export, whole or line by line.
 * @param publicKey - As {@link createChainVerifier} takes it.
 * @throws what node:crypto throws for a text that is not such a key.
 */
export function verifyChain(
  lines: string | Iterable<string>,
  publicKey: string,
  options: VerifyOptions = {},
): ChainReport {
  const verifier = createChainVerifier(publicKey, options);
  for (const line of typeof lines === 'string' ? lines.split('\n') : lines) verifier.read(line);
  return verifier.finish();
}

/**
 * Verifies a receipt against the public key it was signed with. Pure: no clock, no file, no network.
 *
 * @throws what node:crypto throws for a text that is not a public key.
 */
export function verifyReceipt(receipt: string, publicKey: string): ReceiptReport {
  return judgeReceipt(receipt, readPublicKey(publicKey));
}
