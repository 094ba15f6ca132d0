import { notSatisfied, satisfied, undecided, type Judgement } from '../judgement.ts';

/** What is asked of each of some items. */
export interface EachQuestion<Item> {
  /** Where the items stand, such as `compliance.endpoints`. */
  readonly path: string;
  /** Whether it holds; undefined where that cannot be told. */
  readonly holds: (item: Item, index: number) => boolean | undefined;
  readonly yes: string;
  readonly no: string;
  readonly unknown?: string;
  readonly remedy: string;
}

/**
 * Asks each item. One that does not hold makes the whole not satisfied; one that cannot be told, undecided.
 * Of no items everything is true: who asks has to say first whether there may be none.
 */
export function judgeEach<Item>(
  items: readonly Item[],
  { path, holds, yes, no, unknown = no, remedy }: EachQuestion<Item>,
): Judgement {
  const wrong: string[] = [];
  const open: string[] = [];
  for (const [index, item] of items.entries()) {
    const answer = holds(item, index);
    if (answer === false) wrong.push(`${path}.${index}`);
    else if (answer !== true) open.push(`${path}.${index}`);
  }
  if (wrong.length > 0) return notSatisfied(no, { remedy, paths: wrong });
  if (open.length > 0) return undecided(unknown, { remedy, paths: open });
  return satisfied(yes);
}

/** The same about audit entries: what does not hold is named by its number. */
export function judgeEntries(
  wrong: readonly number[],
  said: { readonly yes: string; readonly no: string; readonly remedy: string },
): Judgement {
  if (wrong.length === 0) return satisfied(said.yes);
  return notSatisfied(said.no, { remedy: said.remedy, entries: wrong });
}
