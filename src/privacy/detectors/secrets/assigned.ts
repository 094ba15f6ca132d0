import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Candidate, type Source } from '../../text/index.ts';

const ASSIGNS = String.raw`["'\]]{0,2}(\s{0,3}(?:=>|:=|={1,2}|:)\s{0,3}|\s{1,3}is:?\s{1,3})(["'\x60]?)`;
const PASSWORD_NAME = String.raw`(?:password|passwd|passphrase|passwort|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord|pwd|pass)`;
const PASSWORD_HEAD = String.raw`(?<![A-Za-z])(?!reisepass)(?:[A-Za-z]{0,20}[_-]?)?${PASSWORD_NAME}${ASSIGNS}`;
const PASSWORD = new RegExp(String.raw`${PASSWORD_HEAD}([^\s"'\x60<>]{4,128})`, 'gi');
/** Between quotes a password may have spaces. */
const QUOTED_PASSWORD = new RegExp(
  String.raw`${PASSWORD_HEAD}(?<=["'\x60])([^"'\x60\n]{4,128})(?=["'\x60])`,
  'gi',
);
/** As a file of logins has it, without a sign between. */
const LOGIN = /(?<![A-Za-z])login[ \t]{1,4}\S{1,128}\s{1,4}password[ \t]{1,4}(\S{4,128})/gi;
/** The last word of a label, such as the name of a field. */
const LABELS_PASSWORD =
  /(?:password|passwd|passphrase|passwort|kennwort|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord|pwd|(?<![A-Za-z])pass)s?\W{0,2}$/i;
const SECRET = new RegExp(
  String.raw`(?:secret|token|credentials?|api[_ -]?key|access[_ -]?key|auth[_ -]?key|signing[_ -]?key|encryption[_ -]?key|private[_ -]?key|master[_ -]?key|apikey|secret[_ -]?key|license[_ -]?key|webhook[_ -]?key|auth)(?:[_ -]?(?:id|key|value|access|secret))?${ASSIGNS}([A-Za-z0-9_~+/.=-]{8,512})`,
  'gi',
);
const AWS_SECRET =
  /(?:aws|secret|access)[\w .-]{0,32}["']?\s{0,3}(?:=>|:=|={1,2}|:|\s)\s{0,3}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi;
const PLACEHOLDER =
  /^(?:[*x.•#_-]+|<.*|\$\{?.*|\{\{.*|%.*%|null|none|true|false|undefined|required|optional|string|redacted|\[.*|process\.env.*|os\.environ.*|env\..*)$/i;
const LEAST_BITS = 2.75;

/**
 * Passwords, and values that look random, behind a word that announces them.
 *
 * @yields Each of them.
 */
export function* findAssignedSecrets(source: Source): Iterable<Match> {
  if (/pass|pwd|kennwort|contrase|senha|wachtwoord/i.test(source.text)) yield* passwords(source);
  for (const candidate of candidatesOf(source, AWS_SECRET)) {
    const [, value = ''] = candidate.groups;
    if (/^[0-9a-f]+$/i.test(value) || bitsOf(value) < LEAST_BITS) continue;
    yield valueOf('AWS_SECRET_KEY', candidate, [value, value]);
  }
  for (const candidate of candidatesOf(source, SECRET)) {
    const [, , , raw = ''] = candidate.groups;
    const value = raw.replace(/[.-]+$/, '');
    if (isRandom(value)) yield valueOf('SECRET', candidate, [raw, value]);
  }
}

function* passwords(source: Source): Iterable<Match> {
  const { label, text } = source;
  if (LABELS_PASSWORD.test(text.slice(0, label)) && !PLACEHOLDER.test(text.slice(label))) {
    const whole = { start: label, end: text.length };
    const weight = { rank: RANK.secret - 5, confidence: 0.8 };
    if (text.length > label) yield matchOf('PASSWORD', whole, weight);
  }
  yield* lastGroups(source, LOGIN);
  yield* lastGroups(source, QUOTED_PASSWORD);
  for (const candidate of candidatesOf(source, PASSWORD)) {
    const [, assigns = '', quote = '', raw = ''] = candidate.groups;
    const value = raw.replace(/[,;)}\]]+$/, '');
    if (isPassword(value, assigns, quote)) yield valueOf('PASSWORD', candidate, [raw, value]);
  }
}

/**
 * Passwords that are the last group of a pattern.
 *
 * @yields Each of them.
 */
function* lastGroups(source: Source, pattern: RegExp): Iterable<Match> {
  for (const candidate of candidatesOf(source, pattern)) {
    const value = candidate.groups.at(-1) ?? '';
    if (!PLACEHOLDER.test(value)) yield valueOf('PASSWORD', candidate, [value, value]);
  }
}

/** The value at the end of a candidate, without what belongs to the text around it. */
function valueOf(
  type: 'AWS_SECRET_KEY' | 'PASSWORD' | 'SECRET',
  { end }: Candidate,
  [raw, value]: readonly [string, string],
): Match {
  const start = end - raw.length;
  const rank = RANK.secret - (type === 'AWS_SECRET_KEY' ? 1 : 6);
  return matchOf(type, { start, end: start + value.length }, { rank, confidence: 0.8 });
}

function isRandom(value: string): boolean {
  if (PLACEHOLDER.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return bitsOf(value) >= LEAST_BITS;
}

function isPassword(value: string, assigns: string, quote: string): boolean {
  if (value.length < 4 || PLACEHOLDER.test(value)) return false;
  // A sentence may go on behind a colon or "is"; a word by itself is a password where it is quoted or set.
  return quote !== '' || assigns.includes('=') || /[^a-z]/i.test(value);
}

/** Shannon's entropy of a text, in bits a letter. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
