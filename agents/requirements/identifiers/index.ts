export {
  findIdentifiers,
  maskText,
  telephonesIn,
  withoutTelephones,
  WITHHELD,
} from './find-identifiers.ts';
export type { IdentifierType } from './patterns.ts';
