export { findIdentifiers, maskText, WITHHELD, type Identifier } from './find-identifiers.ts';
export type { IdentifierType } from './patterns.ts';
