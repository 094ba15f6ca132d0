import type { Attributes, Edge, Graph, Subgraph } from '@viz-js/viz';

import type { DrawnEdge, DrawnNode, GraphDescription } from './graph-description.ts';
import { EDGE_LOOKS, INK, MUTED, NODE_COLOURS } from './palette.ts';
import { linesOf } from './plain-text.ts';

/** The layout measures text by this font's widths; the fonts that are drawn have the same ones. */
export const MEASURED_FONT = 'Arial';

/**
 * Gives the graph for Graphviz. Node names are our own and all texts are HTML-like labels, so no text of the
 * description is ever read as DOT.
 */
export function layoutOf(graph: GraphDescription): Graph {
  const names = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  return {
    directed: true,
    graphAttributes: {
      label: { html: titleLabel(graph.title) },
      labelloc: 't',
      rankdir: 'TB',
      ordering: 'out',
      ranksep: 0.55,
      nodesep: 0.4,
      pad: '0.3,0.2',
      bgcolor: 'white',
      fontname: MEASURED_FONT,
    },
    nodeAttributes: { fontname: MEASURED_FONT, penwidth: 1.4, margin: '0.22,0.12' },
    edgeAttributes: { fontname: MEASURED_FONT, penwidth: 1.4, arrowsize: 0.8 },
    nodes: graph.nodes.map((node, index) => ({
      name: `n${index}`,
      attributes: nodeAttributes(node),
    })),
    edges: edgesLeftToRight(graph, names),
    subgraphs: endsSideBySide(graph, names),
  };
}

/**
 * With `ordering=out` the edges of a node stand from left to right as they are listed: what is denied on the left, the
 * way on in the middle, what leads back on the right.
 */
function edgesLeftToRight(graph: GraphDescription, names: ReadonlyMap<string, string>): Edge[] {
  const order = new Map(graph.nodes.map((node, index) => [node.id, index]));
  const leadsBack = (edge: DrawnEdge): boolean =>
    edge.kind !== 'deny' && (order.get(edge.to) ?? 0) < (order.get(edge.from) ?? 0);
  const onward = graph.edges.filter((edge) => !leadsBack(edge));
  return [
    ...onward.filter(({ kind }) => kind === 'deny'),
    ...onward.filter(({ kind }) => kind !== 'deny'),
    ...graph.edges.filter(leadsBack),
  ].map((edge) => {
    const from = names.get(edge.from) ?? '';
    const to = names.get(edge.to) ?? '';
    if (!leadsBack(edge)) return { tail: from, head: to, attributes: edgeAttributes(edge) };
    // Laid out from its target downwards, with the arrow at the other end: so it keeps clear of what it passes, and
    // does not pull the phases out of order.
    const back = { dir: 'back', tailport: 'se', headport: 'ne' };
    return { tail: to, head: from, attributes: { ...edgeAttributes(edge), ...back } };
  });
}

/**
 * Puts the ends on one line, `blocked` on the left: loops and the texts of edges stand on the right of the phases, so
 * the ways into `blocked`, which leave on the left, cross none of them.
 */
function endsSideBySide(graph: GraphDescription, names: ReadonlyMap<string, string>): Subgraph[] {
  const named = (kind: DrawnNode['kind']): readonly string[] =>
    graph.nodes.filter((node) => node.kind === kind).map((node) => names.get(node.id) ?? '');
  const ends = [...named('blocked'), ...named('completed')];
  const [first, ...others] = ends;
  if (first === undefined || others.length === 0) return [];
  return [
    {
      graphAttributes: { rank: 'same' },
      nodes: ends.map((name) => ({ name })),
      edges: others.map((head, index) => ({
        tail: ends[index] ?? first,
        head,
        attributes: { style: 'invis' },
      })),
    },
  ];
}

function nodeAttributes(node: DrawnNode): Attributes {
  const { fill, line } = NODE_COLOURS[node.kind];
  return {
    label: { html: nodeLabel(node) },
    shape: 'box',
    style: 'rounded,filled',
    fillcolor: fill,
    color: line,
    ...(node.kind === 'person' ? { penwidth: 2.2 } : {}),
    ...(node.kind === 'start' ? { margin: '0.2,0.06', height: 0.3 } : {}),
  };
}

function edgeAttributes(edge: DrawnEdge): Attributes {
  const { line, stroke } = EDGE_LOOKS[edge.kind];
  const label = edgeLabel(edge);
  return {
    ...(label === '' ? {} : { label: { html: label } }),
    color: line,
    style: stroke,
    // The way through the workflow is the straight one.
    weight: edge.kind === 'allow' ? 12 : 1,
    ...(edge.kind === 'deny'
      ? { penwidth: 1.1, arrowsize: 0.65, tailport: 'w', headport: 'n' }
      : {}),
  };
}

function titleLabel(title: string): string {
  const text = linesOf(title).map(escaped).join('<BR/>');
  return table(8, [font(text, { size: 17, colour: INK, bold: true })], 'CENTER');
}

function nodeLabel(node: DrawnNode): string {
  const { text, line } = NODE_COLOURS[node.kind];
  const size = node.kind === 'start' ? 11 : 14;
  const label = linesOf(node.label).map(escaped);
  const rows = label.map((row) => font(row, { size, colour: text, bold: true }));
  for (const note of linesOf(node.note ?? '')) {
    rows.push(font(escaped(note), { size: 10, colour: MUTED }));
  }
  if (node.kind === 'person') {
    rows.unshift(font('A PERSON DECIDES', { size: 8.5, colour: line, bold: true }));
  }
  return rows.length === 0 ? ' ' : table(2, rows, 'CENTER');
}

function edgeLabel(edge: DrawnEdge): string {
  const { text } = EDGE_LOOKS[edge.kind];
  const [gate, ...details] = linesOf(edge.label);
  if (gate === undefined) return '';
  // The space keeps the text off the line that it belongs to.
  const gap = '&#160;&#160;';
  const rows = [
    font(gap + escaped(gate), { size: 10.5, colour: text, bold: true }),
    ...details.map((detail) => font(gap + escaped(detail), { size: 9.5, colour: MUTED })),
  ];
  return table(1, rows, 'LEFT');
}

function table(padding: number, rows: readonly string[], align: 'LEFT' | 'CENTER'): string {
  const cells = rows.map((row) => `<TR><TD ALIGN="${align}">${row}</TD></TR>`).join('');
  return `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="${padding}">${cells}</TABLE>`;
}

interface Type {
  readonly size: number;
  readonly colour: string;
  readonly bold?: boolean;
}

function font(html: string, type: Type): string {
  const inner = type.bold === true ? `<B>${html}</B>` : html;
  return `<FONT POINT-SIZE="${type.size}" COLOR="${type.colour}">${inner}</FONT>`;
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // Graphviz puts its own names in the place of \G, \N and the like; a space without width keeps them apart.
      .replaceAll('\\', '\\\u200b')
  );
}
