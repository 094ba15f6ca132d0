import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

import type { Span } from './span.ts';

/** One line-like piece of a brief: a heading, the lines of a paragraph, a list item, a table row. */
export interface Unit {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'row';
  /** The content's lines, without list markers, quote marks and heading marks. Never empty. */
  readonly lines: readonly Span[];
  /** Heading: 1 to 6. Item: depth of its list, from 1. Otherwise 0. */
  readonly level: number;
  /** Units with one number stand in one paragraph, one outermost list, or one table. */
  readonly block: number;
  /** A table row's cells. */
  readonly cells: readonly Span[];
}

/** Deeper nesting than this is not a brief, and is left unread. */
const MAX_NESTING = 60;

function createParser(): InstanceType<typeof MarkdownIt> {
  const parser = new MarkdownIt({ html: true });
  // Indented text in plain-text briefs is prose, and link definitions would swallow lines.
  parser.disable(['code', 'reference']);
  parser.core.ruler.enableOnly(['normalize', 'block']);
  parser.set({ maxNesting: MAX_NESTING });
  return parser;
}

const parser = createParser();

/**
 * Gives the readable units of a brief, in order. Code blocks and blocks of HTML are not read: what stands in them is
 * not addressed to the reader of a brief.
 */
export function unitsOf(text: string): readonly Unit[] {
  const lines = linesOf(text);
  const walk: Walk = {
    text,
    lines,
    units: [],
    block: 0,
    listDepth: 0,
    inTable: false,
    firstOfItem: false,
    marks: 0,
  };
  for (const token of parser.parse(text, {})) visit(walk, token);
  return walk.units;
}

interface Walk {
  readonly text: string;
  readonly lines: readonly Span[];
  readonly units: Unit[];
  block: number;
  listDepth: number;
  inTable: boolean;
  firstOfItem: boolean;
  /** List markers that may stand in front of the next paragraph. */
  marks: number;
}

function visit(walk: Walk, token: Token): void {
  switch (token.type) {
    case 'bullet_list_open':
    case 'ordered_list_open':
      if (walk.listDepth === 0) walk.block += 1;
      walk.listDepth += 1;
      return;
    case 'bullet_list_close':
    case 'ordered_list_close':
      walk.listDepth -= 1;
      if (walk.listDepth === 0) walk.block += 1;
      return;
    case 'list_item_open':
      walk.firstOfItem = true;
      walk.marks += 1;
      return;
    case 'table_open':
    case 'table_close':
      walk.inTable = token.type === 'table_open';
      walk.block += 1;
      return;
    case 'tr_open':
      addRow(walk, token);
      return;
    case 'heading_open':
    case 'paragraph_open':
      addText(walk, token);
      return;
    default:
      return;
  }
}

function addText(walk: Walk, token: Token): void {
  if (walk.listDepth === 0) walk.block += 1;
  const spans = contentLines(walk, token);
  const item = walk.listDepth > 0 && walk.firstOfItem ? 'item' : 'paragraph';
  walk.firstOfItem = false;
  walk.marks = 0;
  if (spans.length === 0) return;
  // A rule below several lines makes them a heading for Markdown, and for no reader.
  const heading = token.type === 'heading_open' && spans.length <= 2;
  walk.units.push({
    kind: heading ? 'heading' : item,
    lines: heading ? [headingLine(walk.text, spans)] : spans,
    level: heading ? Number(token.tag.slice(1)) : walk.listDepth,
    block: walk.block,
    cells: [],
  });
}

function contentLines(walk: Walk, token: Token): readonly Span[] {
  const [first, end] = token.map ?? [0, 0];
  return walk.lines
    .slice(first, end)
    .map((line, index) => contentOf(walk.text, line, index === 0 ? walk.marks : 0))
    .filter((content) => content.end > content.start);
}

/** The words of a heading: without its marks, and without the underline. */
function headingLine(text: string, spans: readonly Span[]): Span {
  const { start, end } = spans[0] ?? { start: 0, end: 0 };
  const opening =
    /^#{1,6}[ \t]*/.exec(text.slice(start, Math.min(end, start + 40)))?.[0].length ?? 0;
  let last = end;
  while (last > start + opening && text.charAt(last - 1) === '#') last -= 1;
  while (last > start + opening && /[ \t]/.test(text.charAt(last - 1))) last -= 1;
  return { start: Math.min(start + opening, end), end: last };
}

const QUOTES = /[\t >]*/y;
const MARK = /(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?/y;

/** A line without quote marks, list markers and spaces around it. */
function contentOf(text: string, line: Span, marks: number): Span {
  let start = skip(QUOTES, text, line);
  for (let count = 0; count < marks; count += 1) {
    start = skip(QUOTES, text, {
      start: skip(MARK, text, { start, end: line.end }),
      end: line.end,
    });
  }
  let end = line.end;
  while (end > start && /[ \t]/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}

function skip(pattern: RegExp, text: string, line: Span): number {
  pattern.lastIndex = line.start;
  const match = pattern.exec(text);
  return Math.min(match === null ? line.start : pattern.lastIndex, line.end);
}

function addRow(walk: Walk, token: Token): void {
  const line = walk.lines[token.map?.[0] ?? -1];
  if (line === undefined) return;
  const content = contentOf(walk.text, line, 0);
  const cells = cellsOf(walk.text, content);
  const first = cells[0];
  const last = cells.at(-1);
  if (first === undefined || last === undefined) return;
  walk.units.push({
    kind: 'row',
    lines: [{ start: first.start, end: last.end }],
    level: 0,
    block: walk.block,
    cells,
  });
}

function cellsOf(text: string, line: Span): readonly Span[] {
  const cells: Span[] = [];
  let start = line.start;
  for (let index = line.start; index <= line.end; index += 1) {
    const separates =
      index === line.end || (text.charAt(index) === '|' && text.charAt(index - 1) !== '\\');
    if (!separates) continue;
    const cell = contentOf(text, { start, end: index }, 0);
    if (cell.end > cell.start) cells.push(cell);
    start = index + 1;
  }
  return cells;
}

/** Lines without their ends, cut exactly where the parser cuts them. */
function linesOf(text: string): readonly Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n?|\n/g)) {
    lines.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  lines.push({ start, end: text.length });
  return lines;
}
