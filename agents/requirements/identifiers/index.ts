export { findIdentifiers, maskText, WITHHELD } from './find-identifiers.ts';
export type { IdentifierType } from './patterns.ts';
