import wrapAnsi from 'wrap-ansi';

import { hanging } from './hanging.ts';
import type { Paint } from './paint.ts';
import { plainText } from './plain-text.ts';
import { table } from './table.ts';

/** How Markdown is shown. */
export interface MarkdownOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

const BULLET = /^(\s*)(?:[-*+]|(\d{1,4})[.)])\s+(.*)$/;
const ROW = /^\s*\|(.*)\|\s*$/;
const RULE = /^\s*\|[\s:|-]+\|\s*$/;

/**
 * Shows Markdown at a terminal: headings, emphasis, lists, quotations and tables, wrapped to the width. It reads what our
 * own descriptions use; anything else stands there as it was written.
 */
export function renderMarkdown(source: string, options: MarkdownOptions): string {
  const lines = plainText(source).split('\n');
  const shown: string[] = [];
  for (let at = 0; at < lines.length;) {
    const rows = rowsFrom(lines, at);
    shown.push(rows.length > 0 ? renderTable(rows, options) : renderLine(lines[at] ?? '', options));
    at += Math.max(1, rows.length);
  }
  return shown
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd();
}

function rowsFrom(lines: readonly string[], start: number): readonly string[] {
  let end = start;
  while (ROW.test(lines[end] ?? '')) end += 1;
  // One line between bars is no table yet.
  return end - start > 1 ? lines.slice(start, end) : [];
}

function renderTable(rows: readonly string[], { width, paint }: MarkdownOptions): string {
  const [heads = [], ...body] = rows.filter((row) => !RULE.test(row)).map(cellsOf);
  const styled = body.map((cells) => cells.map((cell) => inline(cell, paint)));
  return table(
    heads.map((cell) => inline(cell, paint)),
    styled,
    { width, head: paint.bold, rule: paint.dim },
  );
}

function cellsOf(row: string): readonly string[] {
  const inside = ROW.exec(row)?.[1] ?? '';
  return inside.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim());
}

function renderLine(line: string, { width, paint }: MarkdownOptions): string {
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading !== null) {
    const text = inline(heading[2] ?? '', paint);
    const isTitle = heading[1] === '#';
    return isTitle ? paint.bold(paint.underline(text)) : paint.bold(paint.accent(text));
  }
  const quotation = /^\s*>\s?(.*)$/.exec(line);
  if (quotation !== null) {
    const text = wrapAnsi(inline(quotation[1] ?? '', paint), width - 2, { hard: true });
    return text
      .split('\n')
      .map((part) => `${paint.attention('▌')} ${part}`)
      .join('\n');
  }
  const bullet = BULLET.exec(line);
  if (bullet === null) return wrapAnsi(inline(line, paint), width, { hard: true });
  const [, indent = '', number, text = ''] = bullet;
  const mark = number === undefined ? '•' : `${number}.`;
  return hanging(`${indent}${paint.dim(mark)} `, inline(text, paint), width);
}

/** Emphasis and code; a backslash takes a sign's meaning away. */
function inline(text: string, paint: Paint): string {
  return text
    .replaceAll(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, (_, strong: string) => paint.bold(strong))
    .replaceAll(/(?<!\\)`([^`]+)`/g, (_, code: string) => paint.accent(code))
    .replaceAll(/(?<![\\\w])_([^_\s][^_]*?)(?<!\\)_(?!\w)/g, (_, soft: string) =>
      paint.italic(soft),
    )
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, '$1');
}
