export { foldText, type FoldedText } from './fold-text.ts';
export { findLabels } from './labels.ts';
export {
  bonusOf,
  candidatesOf,
  digitsOf,
  matchOf,
  type Candidate,
  type Find,
  type Source,
} from './source.ts';
export { findTables } from './table-cells.ts';
