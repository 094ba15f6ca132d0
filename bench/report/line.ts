/** One line of the table. */
export interface Line {
  readonly title: string;
  /** What is measured, with its unit: `p50 of a run, ms`. */
  readonly measure: string;
  readonly gated: number;
  /** Undefined where there is nothing to compare with. */
  readonly bare: number | undefined;
  /** Gated against bare, above 1 where the gated one is worse; undefined without a peer. */
  readonly ratio: number | undefined;
  /** The most that the ratio, or without a peer the value, may be; undefined where no goal is set. */
  readonly goal: number | undefined;
  /** What stands in the way where a goal may not be reached. */
  readonly inTheWay: string;
}

/** Tells whether a line reaches its goal; a line without a goal does. */
export function reachesGoal({ gated, ratio, goal }: Line): boolean {
  return goal === undefined || (ratio ?? gated) <= goal;
}
