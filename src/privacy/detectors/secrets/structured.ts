import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Source } from '../../text/index.ts';

const KEY_BEGINS = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_ENDS = /-----END [A-Z0-9 ]{1,50}-----/y;
/** What of a key without its end is taken for a part of it. */
const KEY_BODY = /[A-Za-z0-9+/=\s\\:,.-]{0,16384}/y;
const LONGEST_KEY = 32_768;
const JWT =
  /(?<![\w-])eyJ[\w-]{5,4096}\.[\w-]{2,16384}(?:\.[\w-]{0,4096})(?:\.[\w-]{0,8192}){0,2}(?![\w-])/g;
const CONNECTION =
  /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/@:"'<>`]{0,128}:[^\s/@"'<>`]{1,256}@[^\s"'<>`,;)]{1,512}/gi;
const BEARER =
  /(?<![\w-])(?:bearer|basic)[ \t]{1,4}(?=[\w.~+/=-]{0,40}\d|[\w.~+/-]{0,60}=)[\w.~+/-]{16,4096}={0,2}/gi;
const AZURE = /(?<=(?:AccountKey|SharedAccessKey|sig)=)[A-Za-z0-9+/%]{40,100}={0,2}/g;

/**
 * Secrets that are known by how they are built: private keys, JSON web tokens, addresses with passwords, headers.
 *
 * @yields Each of them.
 */
export function* findStructuredSecrets(source: Source): Iterable<Match> {
  const { text } = source;
  if (text.includes('PRIVATE KEY')) yield* privateKeys(source);
  if (text.includes('eyJ')) {
    for (const candidate of candidatesOf(source, JWT)) {
      if (!hasHeader(candidate.text)) continue;
      yield matchOf('JWT', candidate, { rank: RANK.secret, confidence: 0.98 });
    }
  }
  if (text.includes('://')) {
    for (const candidate of candidatesOf(source, CONNECTION)) {
      const rest = candidate.text.replace(/[.,;:!?]+$/, '');
      const span = { start: candidate.start, end: candidate.start + rest.length };
      yield matchOf('CONNECTION_STRING', span, { rank: RANK.secret, confidence: 0.95 });
    }
  }
  for (const candidate of candidatesOf(source, BEARER)) {
    yield matchOf('BEARER_TOKEN', candidate, { rank: RANK.secret - 3, confidence: 0.85 });
  }
  if (!/(?:Key|sig)=/.test(text)) return;
  for (const candidate of candidatesOf(source, AZURE)) {
    yield matchOf('AZURE_KEY', candidate, { rank: RANK.secret, confidence: 0.9 });
  }
}

function* privateKeys(source: Source): Iterable<Match> {
  let last = 0;
  for (const { start, end } of candidatesOf(source, KEY_BEGINS)) {
    if (start < last) continue;
    last = endOfKey(source.text, end);
    yield matchOf('PRIVATE_KEY', { start, end: last }, { rank: RANK.secret + 1, confidence: 0.99 });
  }
}

function endOfKey(text: string, from: number): number {
  const end = text.indexOf('-----END', from);
  if (end !== -1 && end - from <= LONGEST_KEY) {
    KEY_ENDS.lastIndex = end;
    if (KEY_ENDS.test(text)) return KEY_ENDS.lastIndex;
  }
  KEY_BODY.lastIndex = from;
  return KEY_BODY.test(text) ? KEY_BODY.lastIndex : from;
}

function hasHeader(token: string): boolean {
  const header = Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString();
  return header.startsWith('{') && /"(?:alg|typ|enc|kid)"/.test(header);
}
