export {
  createSignatureCheck,
  type SignatureSettings,
  type TrustedKey,
} from './check-signature.ts';
export { Envelope } from './envelope.ts';
export { openEnvelope, signPayload, type SigningKey, type VerifyingKey } from './dsse.ts';
export { signPackage } from './sign-package.ts';
