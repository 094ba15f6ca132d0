import type { DrawnEdge, DrawnNode } from './graph-description.ts';

/** Colours of a node: its area, its border, its text. */
export interface NodeColours {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

/** How an edge is drawn. */
export interface EdgeLook {
  readonly line: string;
  readonly text: string;
  readonly stroke: 'solid' | 'dashed' | 'dotted';
}

export const INK = '#1f2937';
export const MUTED = '#6b7280';

export const NODE_COLOURS: Readonly<Record<DrawnNode['kind'], NodeColours>> = {
  start: { fill: '#1f2937', line: '#1f2937', text: '#ffffff' },
  phase: { fill: '#eef4ff', line: '#5b7db8', text: '#1e3a5f' },
  person: { fill: '#fff6e0', line: '#c58a1b', text: '#6b4a07' },
  completed: { fill: '#e8f6ed', line: '#4b9a6a', text: '#1d5a38' },
  blocked: { fill: '#fbecec', line: '#b86a6a', text: '#7c3333' },
};

export const EDGE_LOOKS: Readonly<Record<DrawnEdge['kind'], EdgeLook>> = {
  allow: { line: '#3f6f57', text: '#234a37', stroke: 'solid' },
  revise: { line: '#8a6fb0', text: '#5d4685', stroke: 'dashed' },
  ask: { line: '#c58a1b', text: '#8a5f0e', stroke: 'dotted' },
  deny: { line: '#c98b8b', text: '#9a5252', stroke: 'solid' },
};
