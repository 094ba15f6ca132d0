/** The words around a plan in one language. `{name}` marks a place that the plan or the requirements fill. */
export interface Labels {
  readonly heading: string;
  /** Places: `{emails}`, `{segments}`, `{total}`. */
  readonly summary: string;
  readonly next: string;
  readonly again: string;
  readonly yourComment: string;
  readonly changed: string;
  readonly unchanged: string;
  readonly notYet: string;
  readonly goal: string;
  readonly tone: string;
  readonly action: string;
  readonly subjectLines: string;
  /** Place: `{count}`. */
  readonly characters: string;
  readonly segments: string;
  readonly segment: string;
  readonly message: string;
  readonly from: string;
  readonly sequence: string;
  /** Place: `{day}`. */
  readonly day: string;
  /** Place: `{date}`. */
  readonly outBy: string;
  readonly to: string;
  readonly everyone: string;
  readonly subject: string;
  readonly tells: string;
  readonly risks: string;
  readonly measures: string;
  readonly open: string;
  readonly missing: string;
  readonly contradiction: string;
  /** Place: `{count}`. */
  readonly withheld: string;
  readonly notUsed: string;
  /** Place: `{line}`. */
  readonly line: string;
  /** Place: `{count}`. */
  readonly more: string;
  readonly sources: string;
  readonly fromAnswer: string;
  readonly answers: string;
  readonly approve: string;
  readonly edit: string;
  readonly respond: string;
  readonly reject: string;
}
