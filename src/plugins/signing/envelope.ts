import { Buffer } from 'node:buffer';

import { z } from 'zod';

/** What is signed: which plugin, in which version, with which files. */
export const PAYLOAD_TYPE = 'application/vnd.phasegate.plugin+json';

/** A DSSE envelope. Payload and signatures are base64. */
export const Envelope = z
  .object({
    payloadType: z.string().max(200),
    payload: z.string().max(65_536),
    signatures: z
      .array(z.object({ keyid: z.string().max(200).default(''), sig: z.string().max(1000) }))
      .min(1)
      .max(16)
      .readonly(),
  })
  .readonly();
export type Envelope = z.infer<typeof Envelope>;

/** What stands in the payload. */
export const Statement = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    publisher: z.string(),
    /** SHA-256 of the package, 64 lowercase hex digits. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    signedAt: z.iso.datetime(),
  })
  .readonly();
export type Statement = z.infer<typeof Statement>;

/**
 * Gives the bytes that a signature is made over: `DSSEv1 <length of type> <type> <length of payload> <payload>`.
 *
 * @see DSSE 1.0.2, "Signature definition" (https://github.com/secure-systems-lab/dsse)
 */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  const head = `DSSEv1 ${type.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, 'utf8'), payload]);
}

/** Reads standard or URL-safe base64; undefined for what is neither, or not in its one spelling. */
export function fromBase64(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : undefined;
}
