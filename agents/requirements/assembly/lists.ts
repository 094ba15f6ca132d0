import type { Requirements } from '../artifact.ts';

/** The requirements' fields without what is computed about them. */
export type Lists = Omit<
  Requirements,
  'language' | 'missing' | 'contradictions' | 'questions' | 'withheld' | 'notUsed'
>;
