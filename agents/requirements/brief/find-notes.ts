import type { Span } from './span.ts';

const OURS = String.raw`(?:us|me|self|the (?:team|agency|agencies|copywriters?|editors?|designers?)|(?:our )?(?:team|agency|copywriters?|editors?|designers?)|uns|mich|die (?:agentur|redaktion|texter)|das team|texter|nous|l['’](?:équipe|agence)|nosotros|el equipo|la agencia|noi|(?:il )?team|l['’]agenzia|ons|het team|nós|a equipa|a agência)`;
const READERS = String.raw`(?:(?:the |our )?(?:customers?|clients?|readers?|recipients?|subscribers?|public(?:ation)?|members?|guests?|patients?|print)|external use|the e-?mails?|(?:die |unsere )?(?:kund(?:en|innen)|leser|empfänger|öffentlichkeit|veröffentlichung|gäste|mitglieder|patienten)|(?:les |nos )?(?:clients|lecteurs|destinataires)|diffusion|publication|publier|(?:los |nuestros )?(?:clientes|lectores)|publicar|i clienti|clienti|pubblicare|(?:de )?klanten|publicatie|(?:os )?clientes)`;
const INTERNAL = String.raw`(?:(?:strictly |streng |only |nur |for |zum |usage |uso |note |nota |info |hinweis |notiz |anmerkung |remarque )?(?:internal(?:ly)?(?: use)?(?: only)?|intern(?:es|er|e)?|inter(?:no|na|ni)|confidential|vertraulich|confidentiel(?:le)?|confidencial|riservato|vertrouwelijk)(?: (?:note|notes|only|info|information|comment|remark|memo|use|use only|notiz|hinweis|vermerk|nur|nota|opmerking))?)`;
const NOTE = String.raw`(?:nb|n\.\s?b\.|ps|p\.\s?s\.|fyi|psst|notes?|remarks?|comments?|hinweis|anmerkung|notiz|vermerk|remarque|nota|opmerking)`;
const UPDATE = String.raw`(?:updates?|edit(?:ed)?|correction|corrigendum|changed?|news|info(?:rmation)?|korrektur|nachtrag|aktualisierung|änderung|neu|mise à jour|correctif|actualización|corrección|aggiornamento|correzione|wijziging|correctie|atualização|correção)`;
const FROM = String.raw`(?:from|by|per|von|vom|aus|de|du|da|dal|van)`;
const TO_DO = String.raw`(?:to-?do|tb[cd]|tba|fixme|placeholder|platzhalter|still open|noch offen|offen|zu klären|à confirmer|à vérifier|por confirmar|da confermare|te bevestigen|a confirmar)`;
const NOT_FOR = String.raw`(?:not (?:for|to be shown to|to be told to)|do not (?:tell|show|print|publish)|don['’]t (?:tell|show|print|publish)|nicht (?:für|an)|pas pour|ne pas|no para|no|non per|non|niet voor|não para|não) ${READERS}`;

/** What begins a note to the people who make the campaign; a mark must follow it. */
const LABEL = String.raw`(?:${INTERNAL}|${NOT_FOR}|${NOTE}[\s,(–-]{1,3}(?:${INTERNAL}|(?:for|to|für|an|pour|à|para|per|a|voor|aan) ${OURS})\)?|${UPDATE} ${FROM} [a-zà-ÿ\d][^:\n()[\]]*|(?:correction|korrektur|correctif|corrección|correzione|correctie|correção|corrigendum|nachtrag)|(?:for|für|pour|para|per|voor) ${OURS}(?: only)?|${TO_DO})`;
const MARKS = String.raw`[\s>*_•#|+-]*(?:\d{1,2}[.)]\s+)?[*_]{0,2}`;

/** A line, or a sentence in a line, that begins with such a label. */
const LINE = new RegExp(
  String.raw`(?:^${MARKS}|(?<=[.!?;…]["”“»)]?[ \t]{1,3})|(?<=[ \t][–—-][ \t]))${LABEL}[*_]{0,2}\s{0,2}[:：–—-][*_]{0,2}(?=\s|$)`,
  'i',
);
/** A heading of such notes, without anything behind it. */
const HEADING = new RegExp(
  String.raw`^(?:#{1,6}[ \t]+|\*\*|__)(?:\d{1,2}[.)]\s+)?(?:${INTERNAL}|${NOT_FOR}|for ${OURS} only)(?:\*\*|__)?[ \t]*:?(?:\*\*|__)?[ \t]*#*[ \t]*$`,
  'i',
);
const ANY_HEADING = /^(?:#{1,6}[ \t]+\S|(?:\*\*|__)[^*_\n]+(?:\*\*|__):?[ \t]*$)/;
/** In brackets: one of the labels, or shorter ones that only brackets set apart. */
const ASIDE = new RegExp(
  String.raw`^[([][ \t]*(?:@[a-zà-ÿ][^:()[\]\n]*:|(?:${LABEL}|${UPDATE}(?: [^:()[\]\n]+)?|${NOTE})\s*[:–—-]|(?:${INTERNAL}|${NOT_FOR}|${TO_DO})(?![a-zà-ÿ])|${UPDATE} ${FROM}\s)`,
  'i',
);
const QUICK =
  /intern|confiden|vertrau|riservat|updat|edit|corr|korrektur|nachtrag|änderung|aktuali|aggiorn|wijzig|atuali|mise à jour|chang|news|info|neu|not |don|nicht|pas|ne |no |non|niet|não|n\.?\s?b|p\.?\s?s|fyi|psst|note|remark|comment|hinweis|anmerk|notiz|vermerk|remarque|nota|opmerk|for |für |pour |para |per |voor |to-?do|tb[acd]|fixme|platzh|placeh|open|offen|klären|confirm|vérif|conferm|bevest|@/i;

/**
 * Finds the notes of a brief to the people who make the campaign: "(Update from sales: ...)", "NB internal: ...", "Not for
 * customers: ...", sections that are headed so, and asides such as "[TBC]". They are no text for readers.
 *
 * @returns Sorted spans that do not overlap.
 */
export function findNotes(text: string): readonly Span[] {
  if (!QUICK.test(text)) return [];
  const found = [...asidesIn(text), ...linesIn(text)].toSorted(
    (one, other) => one.start - other.start || other.end - one.end,
  );
  const notes: Span[] = [];
  for (const note of found) {
    const last = notes.at(-1);
    if (last !== undefined && note.start < last.end)
      notes[notes.length - 1] = { start: last.start, end: Math.max(last.end, note.end) };
    else notes.push(note);
  }
  return notes;
}

/** Gives `text` with its notes as white space, so that every other place keeps its offset. */
export function withoutNotes(text: string, notes: readonly Span[] = findNotes(text)): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of notes) {
    rest += text.slice(at, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ');
    at = end;
  }
  return rest + text.slice(at);
}

/** How much of an aside tells what it is, and how long one may be. */
const ASIDE_HEAD = 80;
const LONGEST_ASIDE = 800;

function asidesIn(text: string): readonly Span[] {
  const found: Span[] = [];
  let read = 0;
  for (const { index } of text.matchAll(/[([]/g)) {
    if (index < read || !ASIDE.test(text.slice(index, index + ASIDE_HEAD))) continue;
    const end = closingOf(text, index);
    if (end === undefined) continue;
    found.push({ start: index, end });
    read = end;
  }
  return found;
}

/** Behind the bracket that closes the one at `start`, in the same paragraph. */
function closingOf(text: string, start: number): number | undefined {
  let depth = 0;
  for (let index = start; index < Math.min(text.length, start + LONGEST_ASIDE); index += 1) {
    const sign = text.charAt(index);
    if (sign === '(' || sign === '[') depth += 1;
    if (sign === ')' || sign === ']') depth -= 1;
    if (depth === 0) return index + 1;
    if (sign === '\n' && /^[ \t\r]*\n/.test(text.slice(index + 1, index + 20))) return undefined;
  }
  return undefined;
}

interface Line extends Span {
  readonly words: string;
}

function linesIn(text: string): readonly Span[] {
  const lines = outsideCode(linesOf(text));
  const found: Span[] = [];
  let section: number | undefined;
  let note: Span | undefined;
  for (const line of lines) {
    if (section !== undefined && ANY_HEADING.test(line.words)) section = undefined;
    if (section === undefined && HEADING.test(line.words)) section = line.start;
    if (section !== undefined) {
      found.push(line);
      note = undefined;
      continue;
    }
    const label = labelIn(line);
    if (label === undefined && note !== undefined && goesOn(text, note, line)) {
      note = line;
      found.push(line);
      continue;
    }
    note = label;
    if (label !== undefined) found.push(label);
  }
  return found;
}

/** What stands in a block of code is read by nobody anyway. */
function outsideCode(lines: readonly Line[]): readonly Line[] {
  let inside = false;
  return lines.filter(({ words }) => {
    const mark = /^\s*(?:```|~~~)/.test(words);
    inside = mark !== inside;
    return !mark && !inside;
  });
}

function labelIn({ start, end, words }: Line): Span | undefined {
  const match = LINE.exec(words);
  if (match === null) return undefined;
  const marks = new RegExp(`^${MARKS}`).exec(match[0])?.[0].length ?? 0;
  return { start: start + match.index + (match.index === 0 ? marks : 0), end };
}

/** A line that was broken because it was full goes on in the next one; a bullet or another label begins something else. */
const FULL_LINE = 60;

function goesOn(text: string, note: Span, { start, words }: Line): boolean {
  if (/^\s*$/.test(words) || /^\s*(?:[-+*•#>|]|\d{1,2}[.)]\s|[^\s:]{2,30}:\s)/.test(words))
    return false;
  const first = text.lastIndexOf('\n', note.end - 1) + 1;
  const empty = /[:：–—-][*_]{0,2}\s*$/.test(text.slice(note.start, note.end));
  return start - first > FULL_LINE || empty;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n?|\n|$/g)) {
    lines.push({ start, end: match.index, words: text.slice(start, match.index) });
    start = match.index + match[0].length;
  }
  return lines;
}
