import { inlineText, markdownTable } from '../workflow/index.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Gives text as HTML that shows exactly that text. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** A part of a page: a heading, and paragraphs or rows of a table. */
export interface PageSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly rows?: readonly (readonly string[])[];
}

/**
 * Gives a page that a person can read and print, without anything from elsewhere.
 *
 * @param sections - Texts, not HTML; the first row of a table is its head.
 */
export function htmlPage(title: string, sections: readonly PageSection[]): string {
  const body = sections.flatMap(({ heading, paragraphs = [], rows = [] }) => [
    `<h2>${escapeHtml(heading)}</h2>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...(rows.length === 0 ? [] : [htmlTable(rows)]),
  ]);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Gives the same page in Markdown. */
export function markdownPage(title: string, sections: readonly PageSection[]): string {
  const parts = sections.map(({ heading, paragraphs = [], rows = [] }) => {
    const [head = [], ...body] = rows.map((row) => row.map((cell) => inlineText(cell)));
    const table = rows.length === 0 ? [] : [markdownTable(head, body)];
    const texts = paragraphs.map((text) => inlineText(text));
    return [`## ${inlineText(heading)}`, ...texts, ...table].join('\n\n');
  });
  return `${[`# ${inlineText(title)}`, ...parts].join('\n\n')}\n`;
}

const STYLE = [
  'body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}',
  'h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.5rem}',
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}',
  '@media print{body{margin:0;max-width:none}}',
].join('');

function htmlTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => line(row, 'td')).join('');
  return `<table><thead>${line(head, 'th')}</thead><tbody>${body}</tbody></table>`;
}
