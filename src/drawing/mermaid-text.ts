import type { DrawnEdge, DrawnNode, GraphDescription } from './graph-description.ts';
import { EDGE_LOOKS, NODE_COLOURS } from './palette.ts';
import { linesOf } from './plain-text.ts';

const SHAPES: Readonly<Record<DrawnNode['kind'], readonly [string, string]>> = {
  start: ['((', '))'],
  phase: ['(', ')'],
  person: ['{{', '}}'],
  completed: ['([', '])'],
  blocked: ['[', ']'],
};

const DASHES: Readonly<Record<'solid' | 'dashed' | 'dotted', string>> = {
  solid: '',
  dashed: ',stroke-dasharray:6 4',
  dotted: ',stroke-dasharray:2 4',
};

/** Gives the graph as a Mermaid flowchart. Ids are our own, so only labels carry text of the description. */
export function mermaidText(graph: GraphDescription): string {
  const names = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  return [
    '---',
    // A JSON string is a YAML string.
    `title: ${JSON.stringify(linesOf(graph.title).join(' '))}`,
    '---',
    'flowchart TD',
    ...graph.nodes.map((node, index) => `  n${index}${nodeText(node)}:::${node.kind}`),
    ...graph.edges.map((edge) => `  ${edgeText(edge, names)}`),
    ...graph.edges.map((edge, index) => `  linkStyle ${index} ${edgeStyle(edge)}`),
    ...Object.entries(NODE_COLOURS).map(
      ([kind, { fill, line, text }]) =>
        `  classDef ${kind} fill:${fill},stroke:${line},color:${text}`,
    ),
    '',
  ].join('\n');
}

function nodeText(node: DrawnNode): string {
  const [open, close] = SHAPES[node.kind];
  const text = quoted(linesOf(`${node.label}\n${node.note ?? ''}`));
  // Mermaid does not read an empty text.
  return `${open}"${text === '' ? ' ' : text}"${close}`;
}

function edgeText(edge: DrawnEdge, names: ReadonlyMap<string, string>): string {
  const label = quoted(linesOf(edge.label));
  const arrow = label === '' ? '-->' : `-->|"${label}"|`;
  return `${names.get(edge.from) ?? ''} ${arrow} ${names.get(edge.to) ?? ''}`;
}

function edgeStyle(edge: DrawnEdge): string {
  const { line, stroke } = EDGE_LOOKS[edge.kind];
  return `stroke:${line}${DASHES[stroke]}`;
}

/** Everything that Mermaid, its Markdown or HTML could take for markup becomes a numbered entity. */
function quoted(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line.replaceAll(/["#&<>\\`*_~[\]{}()|;:%$]/g, (found) => `#${found.charCodeAt(0)};`),
    )
    .join('<br/>');
}
