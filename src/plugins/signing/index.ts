export {
  createSignatureCheck,
  type SignatureSettings,
  type SigstoreTrust,
  type TrustedKey,
} from './check-signature.ts';
export { Envelope } from './envelope.ts';
export { openEnvelope, signPayload, type SigningKey, type VerifyingKey } from './dsse.ts';
export { signPackage } from './sign-package.ts';
export type { TrustedIdentity } from './sigstore/check-bundle.ts';
