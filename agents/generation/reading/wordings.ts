const QUOTED = /[„“«"]([^„“”«»"]{1,300})[”“»"]/gu;
const LEAD_IN =
  /^(?:(?:please )?(?:always |never )?(?:do not |don't |must not |must |never |always )?(?:say|mention|use|include|write|claim|promise)(?: the words?| the phrase)?|nicht (?:sagen|verwenden|erwähnen)|immer (?:sagen|erwähnen)|(?:ne pas|toujours) (?:dire|mentionner|utiliser)|(?:no|siempre) (?:decir|mencionar|usar))\s*:?\s+/iu;

const MAX_LISTED_WORDS = 3;

/**
 * Gives the wordings that a constraint is about: what it quotes, or else the whole of it without "never say" and the like
 * before it and without a full stop behind it. A
 * list of up to three words each is taken as so many wordings.
 */
export function wordingsOf(constraint: string): readonly string[] {
  const quoted = [...constraint.matchAll(QUOTED)]
    .map(([, text = '']) => text.trim())
    .filter((text) => text !== '');
  if (quoted.length > 0) return quoted;
  const bare = constraint
    .replace(LEAD_IN, '')
    .replace(/[.!]+$/u, '')
    .trim();
  const parts = bare.split(/\s*[,;]\s*/u).filter((part) => part !== '');
  const isList =
    parts.length > 1 && parts.every((part) => part.split(' ').length <= MAX_LISTED_WORDS);
  return isList ? parts : [bare].filter((text) => text !== '');
}

/** Gives the wording of a phrase that has to stand in every email: in quotes, or the constraint as it is. */
export function requiredWordings(constraint: string): readonly string[] {
  const quoted = [...constraint.matchAll(QUOTED)]
    .map(([, text = '']) => text.trim())
    .filter((text) => text !== '');
  return quoted.length > 0
    ? quoted
    : [constraint.replace(LEAD_IN, '').trim()].filter((text) => text !== '');
}
