import { createRequire } from 'node:module';

import { DrawingFailedError, InvalidDescriptionError } from './errors.ts';
import type { GraphDescription } from './graph-description.ts';
import { layoutOf, MEASURED_FONT } from './layout.ts';
import { mermaidText } from './mermaid-text.ts';

/** How a graph can be drawn. */
export type DrawingFormat = 'mermaid' | 'svg' | 'png';

/** Arimo has the widths of Arial, by which the layout measures. */
const FONT_FAMILIES = "Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif";
const FONT_FILES = [
  '@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf',
  '@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf',
];
/** Letters that Arimo lacks: neither Latin, Greek, Cyrillic, Hebrew nor common signs. */
const OTHER_LETTERS = /[^\s!-\u05ff\u1e00-\u20ac]/u;
/** Pixels of the picture for one of the drawing's points. */
const SCALE = 2;

/**
 * Draws a workflow, offline: nothing is fetched, and the fonts come with the package. Equal descriptions give equal
 * bytes, unless their letters need a font of the machine.
 *
 * @param format - `mermaid` and `svg` give text, `png` the bytes of a picture, two pixels to the point.
 * @throws {@link InvalidDescriptionError} if a node is described twice or an edge names an unknown one;
 * {@link DrawingFailedError} if the layout or the picture cannot be made.
 */
export function drawGraph(graph: GraphDescription, format: 'mermaid' | 'svg'): Promise<string>;
export function drawGraph(graph: GraphDescription, format: 'png'): Promise<Uint8Array>;
export function drawGraph(
  graph: GraphDescription,
  format: DrawingFormat,
): Promise<string | Uint8Array>;
export async function drawGraph(
  graph: GraphDescription,
  format: DrawingFormat,
): Promise<string | Uint8Array> {
  checkNames(graph);
  if (format === 'mermaid') return mermaidText(graph);
  const svg = await drawSvg(graph);
  return format === 'svg' ? svg : drawPng(svg);
}

function checkNames(graph: GraphDescription): void {
  const ids = new Set<string>();
  for (const { id } of graph.nodes) {
    if (ids.has(id)) throw new InvalidDescriptionError('duplicate-node', id);
    ids.add(id);
  }
  for (const id of graph.edges.flatMap(({ from, to }) => [from, to])) {
    if (!ids.has(id)) throw new InvalidDescriptionError('unknown-node', id);
  }
}

async function drawSvg(graph: GraphDescription): Promise<string> {
  try {
    // Loaded when something is drawn: it brings a WebAssembly module.
    const { instance } = await import('@viz-js/viz');
    const viz = await instance();
    return tidied(viz.renderString(layoutOf(graph), { format: 'svg' }));
  } catch (error) {
    throw new DrawingFailedError('layout', error);
  }
}

/** Takes out what is of no use to a reader: the document type with its address, comments, our own node names. */
function tidied(svg: string): string {
  return svg
    .replace(/<!DOCTYPE[^>]*>\s*/, '')
    .replaceAll(/<!--.*?-->\s*/gs, '')
    .replaceAll(/(<g id="(?:node|edge)\d+"[^>]*>\s*)<title>.*?<\/title>\s*/gs, '$1')
    .replaceAll(`font-family="${MEASURED_FONT}"`, `font-family="${FONT_FAMILIES}"`);
}

async function drawPng(svg: string): Promise<Uint8Array> {
  try {
    const { renderAsync } = await import('@resvg/resvg-js');
    const require = createRequire(import.meta.url);
    const picture = await renderAsync(svg, {
      background: 'white',
      fitTo: { mode: 'zoom', value: SCALE },
      font: {
        fontFiles: FONT_FILES.map((file) => require.resolve(file)),
        defaultFontFamily: 'Arimo',
        sansSerifFamily: 'Arimo',
        loadSystemFonts: OTHER_LETTERS.test(svg),
      },
    });
    return picture.asPng();
  } catch (error) {
    throw new DrawingFailedError('picture', error);
  }
}
