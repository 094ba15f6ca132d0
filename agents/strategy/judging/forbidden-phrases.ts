import {
  inflectionOf,
  unmasked,
  withoutExempt,
  type Requirements,
} from '../../requirements/artifact.ts';

/** Finds in a text what must not be said. */
export interface ForbiddenPhrases {
  /** Ids of the facts that forbid something which `text` says. */
  readonly saidIn: (text: string) => readonly string[];
  /** `text` with every forbidden phrase replaced by `…`. */
  readonly maskedIn: (text: string) => string;
}

const QUOTED =
  /["“”„«»‚‘]([^"“”„«»‚‘’]{1,200})["“”«»‘’]|(?<![\p{L}\p{N}])'([^']{1,200})'(?![\p{L}\p{N}])/gu;
const LEAD_IN = new RegExp(
  [
    String.raw`^(?:please\s+)?(?:(?:do not|don['’]t|never|must not|no|avoid|not|nicht|nie|niemals|kein|keine|keinen|keinesfalls|ne pas|jamais|no|nunca|evitar|non|mai|niet|nooit|geen|não)\s+)+`,
    String.raw`(?:(?:say|saying|use|using|mention|mentioning|write|call it|the words?|the phrases?|sagen|verwenden|erwähnen|nennen|das wort|die wörter|dire|utiliser|decir|usar|dizer|zeggen|gebruiken)\s+)*(?:[:,]\s*)?`,
  ].join(''),
  'iu',
);
const SAY_LAST = /\s+(?:sagen|verwenden|erwähnen|nennen|schreiben|zeggen|gebruiken|noemen)[.!]?$/iu;
const LIST = /\s*(?:[,;/]|\s(?:or|oder|nor|noch|und|and|ou|et|o|y|e|of|en)\s)\s*/iu;
/** An unquoted list is taken apart only when each member is short enough to be meant word for word. */
const LONGEST_LIST_MEMBER = 2;

/**
 * Reads what must not be said. Phrases in quotation marks are taken word for word; without them the whole text
 * without its lead-in (`never say`), or each member of a list of short phrases.
 * Upper and lower case, spacing and punctuation make no difference, and an ending of up to three letters behind a last word
 * of five letters or more is an inflection: the gate of the emails reads them the same way.
 */
export function forbiddenPhrases({
  mustNotSay,
  exemptions,
}: Pick<Requirements['constraints'], 'mustNotSay' | 'exemptions'>): ForbiddenPhrases {
  const patterns = mustNotSay.flatMap(({ id, text }) => {
    const exempt = exemptions
      .filter((exemption) => exemption.mustNotSay === id)
      .map((exemption) => exemption.text.normalize('NFC'));
    return phrasesOf(text).flatMap((phrase) =>
      patternOf(phrase).map((pattern) => ({
        id,
        exempt,
        words: phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [],
        once: new RegExp(pattern, 'iu'),
        all: new RegExp(pattern, 'giu'),
      })),
    );
  });
  const says = (plain: string, { words, exempt, once }: Pattern): boolean => {
    const text = once.test(plain) ? plain : unmasked(plain, words);
    return (
      once.test(text) &&
      once.test(
        exempt.reduce(
          (rest, statement) => withoutExempt(rest, { statement, forbidden: once }),
          text,
        ),
      )
    );
  };
  return {
    saidIn(text) {
      const plain = text.normalize('NFC');
      return [...new Set(patterns.filter((pattern) => says(plain, pattern)).map(({ id }) => id))];
    },
    maskedIn(text) {
      return patterns.reduce(
        (masked, pattern) =>
          says(masked, pattern)
            ? unmasked(masked, pattern.words).replaceAll(pattern.all, '…')
            : masked,
        text.normalize('NFC'),
      );
    },
  };
}

interface Pattern {
  readonly exempt: readonly string[];
  readonly words: readonly string[];
  readonly once: RegExp;
}

/** The phrases that one constraint forbids. */
export function phrasesOf(text: string): readonly string[] {
  const plain = text.normalize('NFC').trim();
  const quoted = Array.from(plain.matchAll(QUOTED), ([, double, single]) => double ?? single ?? '');
  if (quoted.length > 0) return quoted;
  const rest = plain.replace(LEAD_IN, '').replace(SAY_LAST, '').replace(/[.!]$/, '');
  const members = rest.split(LIST).filter((member) => member !== '');
  const short = members.every((member) => member.split(/\s+/).length <= LONGEST_LIST_MEMBER);
  return short && members.length > 1 ? members : [rest];
}

function patternOf(phrase: string): readonly string[] {
  const parts = phrase.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+|[%€$£]/gu);
  if (parts === null || !parts.some((part) => /[\p{L}\p{N}]/u.test(part))) return [];
  const text = parts.map((part, index) => {
    const next = parts[index + 1];
    if (next === undefined) return escaped(part);
    const least = isSign(part) || isSign(next) ? 0 : 1;
    return `${escaped(part)}[^\\p{L}\\p{N}]{${least},5}`;
  });
  const inflection = `\\p{L}{0,${inflectionOf(parts.at(-1) ?? '')}}`;
  return [`(?<![\\p{L}\\p{N}])${text.join('')}${inflection}(?![\\p{L}\\p{N}])`];
}

function isSign(part: string): boolean {
  return /^[%€$£]$/.test(part);
}

function escaped(part: string): string {
  return part === '$' ? String.raw`\$` : part;
}
