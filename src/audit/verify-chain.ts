import { createChainVerifier } from './verify/chain-verifier.ts';
import type { ChainReport, VerifyOptions } from './verify/report-types.ts';

/**
 * Verifies an export (JSON Lines) against the public key of its checkpoints. Pure: no clock, no file, no network.
 *
 * @param lines - The export, whole or line by line.
 * @param publicKey - Ed25519, PEM or base64 of SPKI DER; any of the chain's keys when they were rotated.
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
