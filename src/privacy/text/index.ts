export { foldText, type FoldedText } from './fold-text.ts';
export { findLabels, type Labels, type Topic } from './labels.ts';
export {
  bonusOf,
  candidatesOf,
  digitsOf,
  matchOf,
  type Candidate,
  type Find,
  type Source,
} from './source.ts';
