export {
  createSignatureCheck,
  type SignatureSettings,
  type TrustedKey,
} from './check-signature.ts';
export { Envelope } from './envelope.ts';
export { signPackage, type SigningKey } from './sign-package.ts';
