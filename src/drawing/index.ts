export { drawGraph, type DrawingFormat } from './draw-graph.ts';
export { DrawingFailedError, InvalidDescriptionError } from './errors.ts';
export type { DrawnEdge, DrawnNode, GraphDescription } from './graph-description.ts';
