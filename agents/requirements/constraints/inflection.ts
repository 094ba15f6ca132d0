/** A forbidden wording's last word is found with so many letters more: "garantiert" in "garantierte". */
export const MAX_INFLECTION = 3;
/** Shorter last words have no endings: "free" is not "freedom". */
const INFLECTED_FROM = 5;

/** How many letters may follow a forbidden wording that ends with `lastWord`. */
export function inflectionOf(lastWord: string): number {
  return lastWord.length >= INFLECTED_FROM ? MAX_INFLECTION : 0;
}
