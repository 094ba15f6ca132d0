import { createElement as h, type CSSProperties, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import type { Part } from './layout.ts';

/** What the page needs besides its parts. All of it is escaped here. */
export interface Page {
  readonly language: string;
  readonly title: string;
  readonly preheader: string;
  readonly parts: readonly Part[];
}

const FONT = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const INK = '#1f2933';
const QUIET = '#52606d';
const ACCENT = '#1d4e89';

/** Clients that honour the media query get a dark page; those that recolour by themselves are told that both are fine. */
export const STYLE_SHEET =
  ':root{color-scheme:light dark;supported-color-schemes:light dark}' +
  'body{margin:0;padding:0;-webkit-text-size-adjust:100%}' +
  'table{border-collapse:collapse}' +
  '@media (max-width:480px){.side{padding-left:20px!important;padding-right:20px!important}}' +
  '@media (prefers-color-scheme:dark){' +
  '.page{background-color:#12171d!important}.card{background-color:#1c232b!important}' +
  '.ink{color:#e4e9ee!important}.quiet{color:#b4bfca!important}.link{color:#9cc4f2!important}' +
  '.button{background-color:#9cc4f2!important}.label{color:#0f1b29!important}}';

/** Outlook on Windows knows no max-width: a table of its own holds the page at 600 pixels. */
export const OUTLOOK_COMMENTS = [
  '[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]',
  '[if mso]></td></tr></table><![endif]',
] as const;

/** Gives a whole HTML document for mail clients: tables, inline styles, 600 pixels, no image, no script, nothing loaded. */
export function renderHtml(page: Page): string {
  const [open, close] = OUTLOOK_COMMENTS;
  return [
    `<!DOCTYPE html>\n<html lang="${page.language}" dir="ltr"><head><meta charset="utf-8"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    '<meta name="color-scheme" content="light dark"/><meta name="supported-color-schemes" content="light dark"/>',
    renderToStaticMarkup(h('title', null, page.title)),
    `<style>${STYLE_SHEET}</style></head>`,
    '<body class="page" style="margin:0;padding:0;background-color:#eef1f4">',
    renderToStaticMarkup(preheader(page.preheader)),
    `<!--${open}-->`,
    renderToStaticMarkup(card(page)),
    `<!--${close}-->`,
    '</body></html>\n',
  ].join('\n');
}

function preheader(text: string): ReactElement {
  const style = { display: 'none', maxHeight: 0, overflow: 'hidden', msoHide: 'all' };
  return h('div', { 'aria-hidden': true, style }, text);
}

function card({ language, title, parts }: Page): ReactElement {
  const rule = parts.findIndex(({ kind }) => kind === 'rule');
  const body = parts.slice(0, rule).map(element);
  const foot = parts.slice(rule + 1).map(element);
  return h(
    'div',
    {
      role: 'article',
      'aria-roledescription': 'email',
      'aria-label': title,
      lang: language,
      dir: 'ltr',
    },
    table(
      { width: '100%', maxWidth: '600px', margin: '0 auto' },
      row(
        'card side',
        { padding: '32px 32px 16px', backgroundColor: '#ffffff', borderTop: `4px solid ${ACCENT}` },
        body,
      ),
      row('page side', { padding: '20px 32px 32px', backgroundColor: '#eef1f4' }, foot),
    ),
  );
}

function table(style: CSSProperties, ...rows: readonly ReactElement[]): ReactElement {
  const attributes = {
    role: 'presentation',
    width: '100%',
    cellPadding: 0,
    cellSpacing: 0,
    border: 0,
    align: 'center' as const,
    style,
  };
  return h('table', attributes, h('tbody', null, ...rows));
}

function row(
  className: string,
  style: CSSProperties,
  children: readonly ReactElement[],
): ReactElement {
  return h('tr', null, h('td', { className, style: { fontFamily: FONT, ...style } }, ...children));
}

function element(part: Part): ReactElement {
  switch (part.kind) {
    case 'headline':
      return h(
        'h1',
        {
          className: 'ink',
          style: {
            margin: '0 0 20px',
            fontSize: '24px',
            lineHeight: '31px',
            fontWeight: 700,
            color: INK,
          },
        },
        part.text,
      );
    case 'paragraph':
      return paragraph(part.text, 16);
    case 'signature':
      return paragraph(part.text, 0);
    case 'list':
      return list(part.intro, part.items);
    case 'action':
      return button(part.label, part.href);
    case 'fine-print':
      return h('p', { className: 'quiet', style: { margin: '0 0 4px', ...FINE } }, part.text);
    case 'fine-link':
      return h(
        'p',
        { style: { margin: 0, ...FINE } },
        h(
          'a',
          {
            className: 'link',
            href: part.href,
            style: { color: ACCENT, textDecoration: 'underline' },
          },
          part.label,
        ),
      );
    case 'rule':
      return h('hr');
  }
}

const PROSE = { fontSize: '16px', lineHeight: '25px', color: INK };
const FINE = { fontSize: '13px', lineHeight: '20px', color: QUIET };

function paragraph(text: string, below: number): ReactElement {
  return h('p', { className: 'ink', style: { margin: `0 0 ${below}px`, ...PROSE } }, text);
}

function list(intro: string, items: readonly string[]): ReactElement {
  const style = { margin: '0 0 16px', padding: '0 0 0 22px', ...PROSE };
  const rows = items.map((item) =>
    h('li', { key: item, className: 'ink', style: { margin: '0 0 6px', ...PROSE } }, item),
  );
  return h('div', null, paragraph(intro, 6), h('ul', { className: 'ink', style }, ...rows));
}

/** A table cell with a colour is a button that Outlook shows too. */
function button(label: string, href: string): ReactElement {
  const anchor = h(
    'a',
    {
      className: 'label',
      href,
      style: {
        display: 'inline-block',
        padding: '13px 24px',
        fontFamily: FONT,
        fontSize: '16px',
        lineHeight: '20px',
        fontWeight: 700,
        color: '#ffffff',
        textDecoration: 'none',
      },
    },
    label,
  );
  const cell = h(
    'td',
    {
      className: 'button',
      bgcolor: ACCENT,
      style: { borderRadius: '6px', backgroundColor: ACCENT },
    },
    anchor,
  );
  const attributes = {
    role: 'presentation',
    cellPadding: 0,
    cellSpacing: 0,
    border: 0,
    style: { margin: '8px 0 24px' },
  };
  return h('table', attributes, h('tbody', null, h('tr', null, cell)));
}
