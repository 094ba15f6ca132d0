import type { SegmentDetail } from '../artifact.ts';
import type { Span } from '../brief/span.ts';

const LABELS: Readonly<Record<Exclude<SegmentDetail['kind'], 'who'>, string>> = {
  need: 'needs?|wants?|pain(?: points?)?|problems?|challenges?|bedarf|bedürfnis(?:se)?|wunsch|wünsche|besoins?|attentes?|necesidad(?:es)?|bisogn[oi]|esigenz[ae]|behoeften?|necessidades?',
  offer: 'offers?|deal|angebot|offre|oferta|offerta|aanbod|aanbieding',
  message:
    'messages?|tell them|(?:kern)?botschaft(?:en)?|aussagen?|mensajes?|messaggi[o]?|(?:kern)?boodschap(?:pen)?|mensage(?:m|ns)',
};
const KINDS = ['need', 'offer', 'message'] as const;
/** A few words may stand around: "What they need", "Our message". */
const COLUMN_WORDS = 4;
const CELLS = ' – ';

/**
 * Gives what the brief says of a segment in particular, in its own words: of the columns of a table, or behind labels such as
 * "Need:", "Offer:" and "Message:". Empty when it says nothing in particular.
 *
 * @param text - The brief.
 * @param span - Where the segment stands in it.
 * @param said - What stands there, as people read it.
 */
export function detailsOf(text: string, span: Span, said: string): SegmentDetail[] {
  const found = ofColumns(columnsAbove(text, span.start), said);
  const details = found.length > 0 ? found : ofLabels(said);
  return details.some(({ kind }) => kind !== 'who') ? details : [];
}

/** The names of the columns of the table that the line at `index` is a row of. */
function columnsAbove(text: string, index: number): readonly string[] {
  const lines = text.slice(0, text.indexOf('\n', index) + 1 || text.length).split('\n');
  const rows = lines.slice(0, lines.at(-1) === '' ? -1 : undefined);
  const first = rows.findLastIndex((line) => !line.trimStart().startsWith('|')) + 1;
  const head = rows[first];
  if (head === undefined || rows.length - first < 2) return [];
  return head
    .trim()
    .replace(/^\||\|$/gu, '')
    .split('|')
    .map((cell) => cell.trim());
}

function ofColumns(columns: readonly string[], said: string): SegmentDetail[] {
  const cells = said.split(CELLS);
  if (columns.length < 2 || cells.length !== columns.length) return [];
  return cells.slice(1).flatMap((cell, index) => {
    const column = columns[index + 1] ?? '';
    const few = column.split(/\s+/u).length <= COLUMN_WORDS;
    const kind = KINDS.find((each) => few && labelled(LABELS[each]).test(column));
    return detail(kind ?? 'who', cell);
  });
}

function labelled(words: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');
}

const LABEL = new RegExp(
  `(?<=^|[.;:)(–\\s])(?:${KINDS.map((kind) => `(?<${kind}>${LABELS[kind]})`).join('|')})\\s*:\\s+`,
  'giu',
);

/** What stands between a segment's name and the first label. */
const WHO = /^[^:(–,]{1,80}[:(–,](.*)$/su;

function ofLabels(said: string): SegmentDetail[] {
  const marks = [...said.matchAll(LABEL)];
  const who = WHO.exec(said.slice(0, marks[0]?.index ?? 0))?.[1] ?? '';
  const named = marks.flatMap((mark, index) => {
    const kind = KINDS.find((each) => mark.groups?.[each] !== undefined) ?? 'who';
    return detail(kind, said.slice(mark.index + mark[0].length, marks[index + 1]?.index));
  });
  return [...detail('who', who), ...named];
}

function detail(kind: SegmentDetail['kind'], words: string): SegmentDetail[] {
  const text = words.replace(/^[\s,;:]+|[\s,;:.(–-]+$/gu, '');
  return /\p{L}{2}/u.test(text) ? [{ kind, text }] : [];
}
