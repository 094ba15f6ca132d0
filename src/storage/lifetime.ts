/** How long a thread is kept: from its last use (`sliding`) or from its beginning (`fixed`). It goes as a whole. */
export interface Lifetime {
  readonly ms: number;
  readonly from: 'sliding' | 'fixed';
}
