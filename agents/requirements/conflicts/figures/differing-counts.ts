import { CONFLICT, say } from '../../wording/wording.ts';
import { wishedCount } from '../../lexicon/wished-count.ts';
import { conflictId, quoteAll, shorten, type Conflict } from '../conflict.ts';
import { candidatesOf, read, type Draft } from '../draft.ts';

const MAX_COMPARED = 50;

/** Finds places that wish for different numbers of emails. */
export function differingCounts(draft: Draft): readonly Conflict[] {
  const wishes = candidatesOf(draft, 'wishedEmails')
    .slice(0, MAX_COMPARED)
    .flatMap((candidate) => {
      const { text } = read(draft, candidate);
      const count = wishedCount(text)?.count;
      return count === undefined ? [] : [{ candidate, text, count }];
    });
  const ways = [
    ...new Map(wishes.toReversed().map((wish) => [wish.count, wish])).values(),
  ].toReversed();
  if (ways.length < 2) return [];
  return [
    {
      id: conflictId(
        'wishedEmails',
        ways.map(({ count }) => String(count)),
      ),
      field: 'wishedEmails',
      text: say(CONFLICT.several[draft.language], quoteAll(ways.map(({ text }) => text))),
      sources: ways.map(({ candidate }) => candidate),
      options: ways.map(({ text }) => shorten(text)),
      resolve: ({ option, text }) => {
        const count = option === undefined ? wishedCount(text)?.count : ways[option]?.count;
        if (!ways.some((way) => way.count === count)) return undefined;
        const drops = wishes.filter((wish) => wish.count !== count);
        return { edits: [], drops: drops.map(({ candidate }) => candidate) };
      },
    },
  ];
}
