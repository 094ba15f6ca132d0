/** How long a thread is kept: from its last use (`sliding`) or from its beginning (`fixed`). It goes as a whole. */
export interface Lifetime {
  readonly ms: number;
  readonly from: 'sliding' | 'fixed';
}

/** How long the mark of a deletion is kept at least, where threads have a lifetime: a week, longer than runs take. */
export const DELETION_MARK_MS = 604_800_000;
