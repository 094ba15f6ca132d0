import { personKey } from '../../kernel/index.ts';

/** Ids of persons are no longer. */
const MOST_CHARACTERS = 1_000;

/** Gives what tells whether a text is, to a reader, this name in another spelling: case, white space, accents, letters that look alike. */
export function alikeTo(name: string): (text: string) => boolean {
  const wanted = personKey(name);
  const known = new Map<string, boolean>();
  return (text) => {
    if (text === name || wanted === '' || text.length > MOST_CHARACTERS) return false;
    const before = known.get(text);
    if (before !== undefined) return before;
    const isAlike = personKey(text) === wanted;
    known.set(text, isAlike);
    return isAlike;
  };
}
