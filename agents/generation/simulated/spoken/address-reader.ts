/** Verbs of what people are given or do with an offer: whoever "they" are in front of one, they are people. */
const TAKE = 'get|receive|save|pay|book|order|buy|choose|pick|earn|enjoy|win|join|bring';
const HELPING = 'can|could|may|will|should';
const GIVEN = 'gets|receives|saves|pays|has|is|can|may|will|qualifies';
const PLURAL = `${TAKE}|have|are|need|${HELPING}`;
const EVERYONE = new RegExp(
  String.raw`^(?:every(?:one|body)|any(?:one|body))(?:\s(?:on|in)\s(?:the|our)\s(?:[\p{L}-]+\s){0,2}list)?(?:\s(?<who>who(?:['’](?:s|ve|re))?\s[^,;.]{2,60}?),?)?\s(?<verb>${GIVEN})(?!\p{L})(?<rest>.*)$`,
  'isu',
);
const THEY = new RegExp(
  String.raw`^they(?=\s(?:(?:also|all|each|only|then)\s)?(?:(?:${HELPING})\s)?(?:${TAKE})(?!\p{L})|['’](?:ll|re going to)\s(?:${TAKE})(?!\p{L}))`,
  'iu',
);
const THEY_INSIDE =
  /(?<=(?<!\p{L})(?:if|when|once|unless|before|after|as soon as|so)\s)they(?!\p{L})/giu;
const PARTICIPLE = /^(?:been|had|bought|come|gone|taken|eaten|seen|\p{L}+ed)(?!\p{L})/iu;

/**
 * Gives an English sentence about its readers as one to them: "everyone who's been before gets 15% off if they book" becomes "If
 * you’ve been before, you get 15% off if you book". Turned are only sentences whose subject is "everyone", people who get or do
 * something, or the segment by its name; all others stay as they are.
 *
 * @param segment - What the readers are called; empty where nothing names them.
 */
export function addressReader(text: string, segment: string): string {
  const everyone = EVERYONE.exec(text)?.groups;
  if (everyone !== undefined) {
    const { who, verb = '', rest = '' } = everyone;
    const said = `you ${plural(verb)}${toYou(rest)}`;
    return who === undefined ? capital(said) : `If ${clauseToYou(who)}, ${said}`;
  }
  if (THEY.test(text)) return capital(toYou(text.replace(THEY, 'you')));
  const named = segmentSubject(segment);
  return named?.test(text) === true ? capital(toYou(text.replace(named, 'you'))) : text;
}

const MAX_NAME_WORDS = 4;

/** A segment is a subject where a verb in the plural follows its name. */
function segmentSubject(segment: string): RegExp | undefined {
  const name = segment.trim().replace(/^(?:all|our|the)\s/iu, '');
  if (!/^[\p{L}\p{N}’' -]{3,60}$/u.test(name) || name.split(/\s+/u).length > MAX_NAME_WORDS)
    return undefined;
  const escaped = name.replace(/[-]/gu, String.raw`\-`);
  return new RegExp(
    String.raw`^(?:(?:all|our|the|of)\s)*${escaped}(?=\s(?:(?:also|all|each|only)\s)?(?:${PLURAL})(?!\p{L}))`,
    'iu',
  );
}

/** The rest of a sentence whose subject is the readers. */
function toYou(text: string): string {
  return text
    .replace(THEY_INSIDE, 'you')
    .replace(/(?<!\p{L})their(?!\p{L})/giu, 'your')
    .replace(/(?<!\p{L})them(?!\p{L})/giu, 'you');
}

/** "who's been before" as a clause about the reader. */
function clauseToYou(who: string): string {
  const [pronoun = '', ...rest] = who.split(/\s+/u);
  const words = toYou(rest.join(' '));
  const short = /['’](?<end>s|ve|re)$/iu.exec(pronoun)?.groups?.['end']?.toLowerCase();
  if (short !== undefined)
    return short === 've' || (short === 's' && PARTICIPLE.test(words))
      ? `you’ve ${words}`
      : `you’re ${words}`;
  const [verb = '', ...behind] = words.split(' ');
  return ['you', plural(verb), ...behind].join(' ');
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ['is', 'are'],
  ['was', 'were'],
  ['has', 'have'],
  ['does', 'do'],
  ['goes', 'go'],
]);

/** The form of a verb behind "you"; what is in the past stays. */
function plural(verb: string): string {
  const known = IRREGULAR.get(verb.toLowerCase());
  if (known !== undefined) return known;
  return verb
    .replace(/ies$/u, 'y')
    .replace(/(?<=sh|ch|x|ss)es$/u, '')
    .replace(/(?<=[^s])s$/u, '');
}

function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('und'));
}
