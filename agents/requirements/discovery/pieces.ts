import type { Span } from '../brief/span.ts';
import type { Unit } from '../brief/units.ts';
import type { Field } from '../lexicon/field.ts';
import { readLabel } from '../lexicon/read-label.ts';
import { ENGLISH_NAMES, GERMAN_NAMES } from './cues.ts';

/** Whether a line closes its label's value in front of a line that begins with `next`. */
function endsBefore({ complete, mayEnd }: LineForm, next: string): boolean {
  return complete || (mayEnd && /^\p{Lu}/u.test(next));
}

/** A line that says in which language to write is no part of what stands above it. */
const ASKS_FOR_LANGUAGE = new RegExp(
  String.raw`^(?:please |bitte )?(?:(?:write|send|keep) (?:\p{L}{1,12} ){0,3}in (?:${ENGLISH_NAMES})(?!\p{L})|(?:all |alles )?(?:in (?:${ENGLISH_NAMES})|auf (?:${GERMAN_NAMES}))(?:,? (?:only|please|bitte|schreiben|versenden)){0,2}[.!]?$)`,
  'iu',
);

/** Lines that belong together: a label starts a piece of its own, wrapped prose stays in one. */
export function piecesOf(text: string, unit: Unit): readonly Line[] {
  const pieces: Line[] = [];
  let before: LineForm | undefined;
  for (const line of unit.lines.flatMap((whole) => labelsApart(text, whole))) {
    const form = formOf(text, line, unit);
    const last = pieces.at(-1);
    const fresh =
      before !== undefined && endsBefore(before, text.slice(line.start, line.start + 2));
    const apart = fresh || ASKS_FOR_LANGUAGE.test(text.slice(line.start, line.end));
    if (last === undefined || form.bullet || form.starts || before?.labelOnly === true || apart) {
      pieces.push({ start: line.start + (form.bullet ? 2 : 0), end: line.end, fresh: apart });
    } else last.end = line.end;
    before = form;
  }
  return pieces;
}

const BAR = /\s[/|·•]\s+(?=\S)|[,;.]\s+(?=\p{Lu})/gu;
/** What may stand behind a comma or a sentence on the line of another label: "Channel: email, KPI: click rate". */
const BESIDE = new Set<Field>(['channels', 'metrics']);

/** Parts a line that puts one label beside the other: "Start: 12 May / End: 3 June". */
function labelsApart(text: string, line: Span): readonly Span[] {
  const words = text.slice(line.start, Math.min(line.end, line.start + MAX_LABELLED_LINE));
  if (!/\s[/|·•]\s|[,;.]\s/.test(words) || !/[:：?]/.test(words)) return [line];
  const parts: Span[] = [];
  let { start } = line;
  for (const { 0: bar, index } of words.matchAll(BAR)) {
    const next = line.start + index + bar.length;
    const label = readLabel(text, { start: next, end: line.end });
    if (label?.field === undefined || !label.colon) continue;
    if (!/^\s/.test(bar) && !BESIDE.has(label.field)) continue;
    parts.push({ start, end: line.start + index });
    start = next;
  }
  return [...parts, { start, end: line.end }];
}

const MAX_LABELLED_LINE = 2000;

/** One or more lines of a unit that belong together. */
export interface Line {
  readonly start: number;
  end: number;
  /** Whether the line before it was a label with a finished sentence, so that this one is no part of its value. */
  readonly fresh: boolean;
}

interface LineForm {
  readonly bullet: boolean;
  /** Whether it starts with a label. */
  readonly starts: boolean;
  /** What follows a label that stands alone is its value, not the rest of its line. */
  readonly labelOnly: boolean;
  readonly complete: boolean;
  /** Whether a capital in the next line begins something else. */
  readonly mayEnd: boolean;
}

/** A line that was broken because it was full is longer. */
const SHORT_LINE = 70;

const MAX_ADDRESS = 300;

/** Fields that hold one statement, which a capital in the next line does not go on with. */
const ONE_STATEMENT = new Set<Field | undefined>(['objective', 'callToAction']);

/** Fields whose value does not go on in the next line, unless the line was full. */
const ONE_LINE = new Set<Field | undefined>([
  'title',
  'language',
  'tone',
  'wishedEmails',
  'sender.name',
  'sender.email',
]);

function formOf(text: string, line: Span, unit: Unit): LineForm {
  const bullet = /^[•·▪◦‣]\s/.test(text.slice(line.start, line.start + 2));
  const several = unit.lines.length > 1 || unit.kind === 'paragraph';
  const label = several ? readLabel(text, line, true) : undefined;
  if (label === undefined)
    return { bullet, starts: false, labelOnly: false, complete: false, mayEnd: false };
  const empty = label.value.end === label.value.start;
  const known = label.field !== undefined;
  return {
    bullet,
    starts: label.colon || isShout(text, line),
    labelOnly: known && empty,
    ...(known && !empty ? endOf(text, line, label.field) : { complete: false, mayEnd: false }),
  };
}

function endOf(
  text: string,
  line: Span,
  field: Field | undefined,
): Pick<LineForm, 'complete' | 'mayEnd'> {
  const short = line.end - line.start < SHORT_LINE;
  const ended = /[.!?]/.test(text.charAt(line.end - 1));
  const addressed = /https?:\S+$/.test(
    text.slice(Math.max(line.start, line.end - MAX_ADDRESS), line.end),
  );
  return {
    complete: short && (ended || ONE_LINE.has(field)),
    mayEnd: ONE_STATEMENT.has(field) && (short || addressed),
  };
}

/** Whether a line is written in capitals. */
export function isShout(text: string, line: Span): boolean {
  const words = text.slice(line.start, line.end);
  return words === words.toUpperCase();
}
