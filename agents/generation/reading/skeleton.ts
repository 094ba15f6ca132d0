import { inflectionOf } from '../../requirements/artifact.ts';
import { plainText } from './plain-text.ts';

/** Letters of other scripts that look like Latin ones. A choice of the common ones (Unicode TR 39, confusables), not all. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  ё: 'e',
  з: '3',
  и: 'u',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  ԁ: 'd',
  ɡ: 'g',
  һ: 'h',
  ӏ: 'l',
  ԛ: 'q',
  ԝ: 'w',
  ь: 'b',
  г: 'r',
  п: 'n',
  α: 'a',
  β: 'b',
  γ: 'y',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ϲ: 'c',
  ϳ: 'j',
  ı: 'i',
  ɩ: 'i',
  ʀ: 'r',
  ѵ: 'v',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ħ: 'h',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/** Letters that stand in for one Latin letter each: IPA and phonetic letters, small capitals, Armenian, Cherokee and Lisu. */
const STAND_INS = new Map(
  Object.entries({
    a: 'ɑᴀɐꓮꭺᎪ',
    b: 'ƃʙɓꓐᏴ',
    c: 'ᴄꓚᏟ',
    d: 'ᴅɖɗꓓᎠ',
    e: 'ᶒᴇɛəǝꓰᎬ',
    f: 'ꜰƒꓝ',
    g: 'ɢցԍǥɠꓖᏀ',
    h: 'ʜհꓧᎻ',
    i: 'ɪɨꓲ',
    j: 'ᴊʝꓙᎫ',
    k: 'ᴋƙꓗᏦ',
    l: 'ʟɭƚꓡᏞ',
    m: 'ᴍꓟᎷ',
    n: 'ɴոռɲꓠ',
    o: 'ᴏօɔꓳ',
    p: 'ᴘƥꓑᏢ',
    r: 'ʀɾɹꓣᎡᏒ',
    s: 'ꜱʂꓢᏚ',
    t: 'ᴛŧʈꓔᎢ',
    u: 'ᴜսʊꓴᏌ',
    v: 'ᴠʋꓦᏙ',
    w: 'ᴡꓪᎳ',
    x: 'ꓫ',
    y: 'ʏɏꓬ',
    z: 'ᴢʐƶꓜᏃ',
  }).flatMap(([latin, letters]) =>
    [...letters].map((letter) => [letter.toLowerCase(), latin] as const),
  ),
);
const FIRST_SIGNS = [0x1f150, 0x1f170, 0x1f1e6];
const ALPHABET = 26;

/**
 * Gives what a reader sees of `text`, whatever it is written with: Latin small letters and digits, without accents,
 * invisible characters or letters of other scripts in disguise. Everything else stays where it is.
 */
export function skeleton(text: string): string {
  return plainText(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(
      /[^\p{ASCII}]/gu,
      (letter) => LOOKALIKES[letter] ?? STAND_INS.get(letter) ?? letterOfSign(letter) ?? letter,
    );
}

// Capitals in dark circles and squares and regional indicators, each a whole alphabet in a row.
function letterOfSign(sign: string): string | undefined {
  const code = sign.codePointAt(0) ?? 0;
  const first = FIRST_SIGNS.find((start) => code >= start && code < start + ALPHABET);
  return first === undefined ? undefined : String.fromCodePoint(0x61 + code - first);
}

/**
 * Gives an expression that finds `phrase` in a {@link skeleton}: also with any separators strewn between its letters, and with an
 * inflection of up to three letters after its last word if that word has five letters or more. Undefined for a phrase
 * without letters and digits.
 */
export function phrasePattern(phrase: string): RegExp | undefined {
  const words = skeleton(phrase).match(/[\p{L}\p{N}]+/gu);
  if (words === null) return undefined;
  const letters = words.join('').slice(0, 400);
  const between = String.raw`[^\p{L}\p{N}]*`;
  const inflection = `\\p{L}{0,${inflectionOf(words.at(-1) ?? '')}}`;
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${[...letters].join(between)}${inflection}(?![\\p{L}\\p{N}])`,
    'u',
  );
}
