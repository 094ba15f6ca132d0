/**
 * Letters of other scripts, and of other forms of the Latin one, that look like a Latin letter in one of their cases: a row is
 * the Latin letter and what looks like it, in lower case. A letter whose cases look like two letters stands where the small one
 * is read.
 */
const LOOKALIKES: readonly string[] = [
  'aаαᴀɑ',
  'bвβʙ',
  'cсᴄ',
  'dԁᴅđ',
  'eеεᴇҽ',
  'fꜰ',
  'gɡɢց',
  'hнһηʜհ',
  'iіιɪıɩӏ',
  'jјϳᴊյ',
  'kкκᴋ',
  'lʟł',
  'mмμᴍ',
  'nɴո',
  'oоοᴏøօ',
  'pрρᴘ',
  'qԛզ',
  'rʀ',
  'sѕꜱ',
  'tтτᴛ',
  'uυᴜս',
  'vνѵᴠ',
  'wԝωᴡ',
  'xхχ',
  'yуүʏ',
  'zζᴢ',
  'σς',
  "'’ʼ",
];

const FOLDED: ReadonlyMap<string, string> = new Map(
  LOOKALIKES.flatMap((row) => {
    const [latin = '', ...others] = row;
    return others.map((other) => [other, latin] as const);
  }),
);

/** What is not seen, or only seen on the letter before it. */
const UNSEEN = /[\p{C}\p{M}\p{Z}\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Lunate sigmas, which the compatible form makes to others that look like nothing Latin. */
const LUNATE = /[\u03f2\u03f9]/g;
const NOT_WRITTEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Scripts that are written together count as one. */
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}]/u,
];
const SHARED = /[\p{Script=Common}\p{Script=Inherited}]/u;

/**
 * Gives the form in which ids of people are compared: two ids that a reader cannot tell apart have the same one. Case,
 * white space, accents, what cannot be seen, trailing dots, and letters that look like Latin ones make no other person. Use it
 * to tell that two are *not* the same; never to grant what another spelling was given.
 *
 * @param id - As it was given. One of which nothing can be seen gives the empty text.
 * @see Unicode UAX #15 (normalization forms), UTS #39 (the idea of skeletons; the table is our own)
 */
export function personKey(id: string): string {
  const seen = seenOf(id.replaceAll(LUNATE, 'c'));
  // Up and down again, so that letters of which a case is two letters meet.
  const lower = seenOf(seen.toLowerCase().toUpperCase().toLowerCase());
  const folded = Array.from(lower, (letter) => FOLDED.get(letter) ?? letter).join('');
  return folded
    .replaceAll(/\p{Pd}/gu, '-')
    .replace(/\.+$/u, '')
    .normalize('NFC');
}

/** Tells whether two ids are, to a reader, one person: see {@link personKey}. */
export function samePerson(one: string, other: string): boolean {
  return personKey(one) === personKey(other);
}

/**
 * Tells why an id is none that a person can be held to.
 *
 * @returns What is wrong with it, to follow "the id"; undefined for one that can be read in one way only.
 */
export function personIdProblem(id: string): string | undefined {
  if (NOT_WRITTEN.test(id))
    return 'holds characters that cannot be seen (control, format or unassigned)';
  if (personKey(id) === '') return 'holds nothing that can be read';
  // A mail address may have a name in one script and a domain in another.
  if (id.normalize('NFKC').split('@').some(isMixed)) return 'mixes letters of several scripts';
  return undefined;
}

function isMixed(text: string): boolean {
  const scripts = new Set<number>();
  for (const letter of text)
    if (!SHARED.test(letter)) scripts.add(SCRIPTS.findIndex((one) => one.test(letter)));
  return scripts.size > 1;
}

function seenOf(text: string): string {
  return text.normalize('NFKD').replaceAll(UNSEEN, '');
}
