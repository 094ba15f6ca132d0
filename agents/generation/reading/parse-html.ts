import { parse, type DefaultTreeAdapterTypes } from 'parse5';

import {
  colorsWithin,
  hidesByStyle,
  isLegible,
  stylesheetHides,
  type Colors,
} from './hidden-style.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** An element as it stands in an email. */
export interface HtmlElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** A link, with the words that carry it. */
export interface HtmlLink {
  readonly href: string;
  readonly label: string;
  readonly visible: boolean;
}

/** An email's HTML as a mail client reads it. */
export interface EmailHtml {
  readonly elements: readonly HtmlElement[];
  readonly comments: readonly string[];
  readonly links: readonly HtmlLink[];
  /** What a person sees, a line a block; a link is written `label: href`. */
  readonly visibleText: string;
  /** Every text that is not seen: a line an element. */
  readonly hiddenTexts: readonly string[];
  /** Everything that is said anywhere: seen, hidden, title, alternative texts and labels. */
  readonly allText: string;
  /** The text of every style element. */
  readonly styles: readonly string[];
}

const SPOKEN_ATTRIBUTES = new Set([
  'alt',
  'title',
  'aria-label',
  'aria-description',
  'summary',
  'placeholder',
  'value',
]);
const SILENT = new Set(['style', 'script', 'title', 'template']);
const BLOCKS = new Set(
  'address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

interface Reading {
  readonly elements: HtmlElement[];
  readonly comments: string[];
  readonly links: HtmlLink[];
  readonly visible: string[];
  readonly hidden: string[];
  readonly all: string[];
  readonly styles: string[];
}

/** Reads `html` by the rules of the HTML standard, as browsers and web mail do. Never throws. */
export function parseEmailHtml(html: string): EmailHtml {
  const reading: Reading = {
    elements: [],
    comments: [],
    links: [],
    visible: [],
    hidden: [],
    all: [],
    styles: [],
  };
  const document = parse(html);
  const styles = styleTexts(document.childNodes);
  const view: View = { hidden: styles.some(stylesheetHides), color: 'black', background: 'white' };
  readNodes(document.childNodes, view, reading);
  return {
    ...reading,
    visibleText: lines(reading.visible),
    hiddenTexts: reading.hidden,
    allText: lines(reading.all),
  };
}

function styleTexts(nodes: readonly Node[]): readonly string[] {
  return nodes
    .filter(isElement)
    .flatMap((element) =>
      element.tagName === 'style' ? [textOf(element)] : styleTexts(element.childNodes),
    );
}

/** How an element is seen: whether at all, and in which colours. */
interface View extends Colors {
  readonly hidden: boolean;
}

function readNodes(nodes: readonly Node[], view: View, reading: Reading): void {
  for (const node of nodes) {
    if (isElement(node)) readElement(node, view, reading);
    else if (node.nodeName === '#comment' && 'data' in node) reading.comments.push(node.data);
    else if (node.nodeName === '#text' && 'value' in node) readText(node.value, view, reading);
  }
}

function readText(text: string, view: View, reading: Reading): void {
  reading.all.push(text);
  if (!view.hidden && isLegible(view)) reading.visible.push(text);
  else if (text.trim() !== '') reading.hidden.push(text);
}

function readElement(element: Element, outer: View, reading: Reading): void {
  const attributes = new Map(
    element.attrs.map(({ name, value }): [string, string] => [name, value]),
  );
  const style = attributes.get('style') ?? '';
  const hidden = outer.hidden || attributes.has('hidden') || hidesByStyle(style);
  const view: View = { hidden, ...colorsWithin(outer, style, attributes.get('bgcolor')) };
  reading.elements.push({ tag: element.tagName, attributes });
  for (const [name, value] of attributes)
    if (SPOKEN_ATTRIBUTES.has(name)) reading.all.push('\n', value, '\n');
  if (SILENT.has(element.tagName)) {
    readSilent(element, reading);
    return;
  }
  const edge = BLOCKS.has(element.tagName) ? '\n' : '';
  append(edge, view, reading);
  const before = reading.visible.length;
  readNodes(element.childNodes, view, reading);
  if (element.tagName === 'a') readLink(attributes.get('href'), before, reading);
  append(edge, view, reading);
}

function readSilent(element: Element, reading: Reading): void {
  const text = textOf(element);
  if (element.tagName === 'style') reading.styles.push(text);
  else reading.all.push('\n', text, '\n');
}

/** @param before - How much was seen before the link: its label is what was seen since. */
function readLink(href: string | undefined, before: number, reading: Reading): void {
  if (href === undefined) return;
  const label = reading.visible.slice(before).join('').replace(/\s+/gu, ' ').trim();
  reading.links.push({ href, label, visible: label !== '' });
  if (label !== '') reading.visible.push(`: ${href}`);
}

function append(text: string, { hidden }: View, reading: Reading): void {
  reading.all.push(text);
  if (!hidden) reading.visible.push(text);
}

function textOf(element: Element): string {
  return element.childNodes
    .map((node) => {
      if (isElement(node)) return textOf(node);
      return node.nodeName === '#text' && 'value' in node ? node.value : '';
    })
    .join('');
}

function lines(parts: readonly string[]): string {
  return parts
    .join('')
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}
