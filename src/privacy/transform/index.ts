export { pseudonymise, revealPseudonyms, type PseudonymOptions } from './pseudonymise.ts';
export { redact, redactValue, type Redacted, type RedactOptions } from './redact.ts';
export {
  detokenise,
  memoryTokenVault,
  tokenise,
  type TokenOptions,
  type TokenVault,
} from './tokenise.ts';
