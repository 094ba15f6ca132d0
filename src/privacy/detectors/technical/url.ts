import { RANK, type Match } from '../../finding.ts';
import { candidatesOf, matchOf, type Candidate, type Source } from '../../text/index.ts';

const SCHEMED =
  /(?<![A-Za-z0-9+.-])(?:https?|ftps?|sftp|wss?|ssh|git|svn|ldaps?|file|s3|gs|hxxps?|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|redis|amqps?|jdbc:[a-z]{2,12}):\/\/[^\s<>"'`\\^{|}‘’‚“”„«»‹›、。]{1,2048}/gi;
const WWW = /(?<![\w@.-])www\d?\.[^\s<>"'`\\^{|}‘’‚“”„«»‹›、。]{3,2048}/gi;
const BARE =
  /(?<![\w@./:-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,6}(?:com|org|net|edu|gov|mil|biz|co|ai|io|uk|de|fr|nl|ch|at|it|eu|jp|cn|ca|au|nz|ie|es|se|pl|br|ru|xyz|app|dev|tech|cloud|info|museum|online|site|shop|ly|be|gl|gg|tv|me|to|cc|us|in|is|mx|kr|tr|za|dk|no|fi|pt|gr|cz|hu|ro|ua|il|sg|hk|tw|th|ae|ar|cl)(?![\w@-]|\.\w)(?::\d{2,5})?(?:[/?#][^\s<>"'`\\^{|}‘’‚“”„«»‹›、。]{0,2048})?/giu;
const SHARES_A_NAME =
  /\.(?:at|it|ch|io|ai|app|dev|info|es|se|co|br|cloud|site|online|shop|ly|be|gl|gg|tv|me|to|cc|us|in|is|mx|kr|tr|za|dk|no|fi|pt|gr|cz|hu|ro|ua|il|sg|hk|tw|th|ae|ar|cl)$/i;
const REVERSED = /^(?:com|org|net|io|edu|gov|dev)\./i;
const TRAILING = /[.,;:!?&'"*_~…]+$/;
/** Signs that HTML spells out, which end an address. */
const MARKUP = /&(?:quot|lt|gt|nbsp|apos|#34|#39);/i;
const PAIRS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
];

/**
 * Addresses of the web and of servers, with a scheme, with www, or bare under a common ending.
 *
 * @yields Each of them.
 */
export function* findUrls(source: Source): Iterable<Match> {
  const { text } = source;
  if (text.includes('://')) yield* spans(source, SCHEMED, 0.95);
  if (/www\d?\./i.test(text)) yield* spans(source, WWW, 0.9);
  for (const candidate of candidatesOf(source, BARE)) {
    const host = /^[^/?#:]+/.exec(candidate.text)?.[0] ?? '';
    // Names of packages begin with an ending, and a product is called after one.
    if (host === candidate.text && (REVERSED.test(host) || host.endsWith('.NET'))) continue;
    const isWhole = host !== candidate.text || !SHARES_A_NAME.test(host);
    if (!isWhole && host.split('.').length < 3) continue;
    yield trimmed(source, candidate, 0.6);
  }
}

function* spans(source: Source, pattern: RegExp, confidence: number): Iterable<Match> {
  for (const candidate of candidatesOf(source, pattern)) {
    yield trimmed(source, candidate, confidence);
  }
}

/** Leaves out the punctuation of the sentence, and brackets that were opened before the address. */
function trimmed(source: Source, { text, start }: Candidate, confidence: number): Match {
  const markup = MARKUP.exec(text)?.index ?? text.length;
  let rest = text.slice(0, Math.min(markup, cellEnd(source, start) - start));
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(TRAILING, '');
    for (const [open, close] of PAIRS) {
      if (rest.endsWith(close) && countOf(rest, close) > countOf(rest, open))
        rest = rest.slice(0, -1);
    }
  }
  return matchOf('URL', { start, end: start + rest.length }, { rank: RANK.place, confidence });
}

/** Where the cell ends whose first word begins at a place; the text's end where there is none. */
function cellEnd({ text, tables }: Source, start: number): number {
  const cell = tables.cellAt(start);
  const isFirst = cell !== undefined && start - cell.start <= 2;
  if (isFirst && text.slice(cell.start, start).trim() === '') return cell.end;
  const next = text[start - 1] === ';' ? text.indexOf(';', start) : -1;
  return next === -1 ? text.length : next;
}

function countOf(text: string, letter: string): number {
  return text.split(letter).length - 1;
}
