import { Graph } from '@langchain/core/runnables/graph';
import { END, START } from '@langchain/langgraph';

import { BLOCKED, COMPLETED } from '../state/index.ts';
import { waysBack } from './definition/inspect-definition.ts';
import type { WorkflowShape } from './definition/workflow-shape.ts';
import { shownSchemas } from './shown-schemas.ts';

/** Gives the drawing of a workflow: phases, guarded transitions by name, and the ways back. */
export function drawnGraph(workflow: WorkflowShape): Graph {
  const graph = new Graph();
  const schemas = shownSchemas(workflow);
  const input = { name: workflow.title, schema: schemas.getInputJsonSchema() };
  const state = { name: workflow.title, schema: schemas.getJsonSchema() };
  const stops = [...workflow.phases.map(({ id }) => id), COMPLETED, BLOCKED];
  const drawn: readonly (readonly [string, unknown])[] = [
    [START, input],
    ...stops.map((id) => [id, runnable(id)] as const),
    [END, state],
  ];
  const nodes = new Map(drawn.map(([id, data]) => [id, graph.addNode(data as never, id)]));
  const connect = (from: string, to: string, label?: string): void => {
    const source = nodes.get(from);
    const target = nodes.get(to);
    if (source !== undefined && target !== undefined)
      graph.addEdge(source, target, label, label !== undefined);
  };
  connect(START, workflow.phases[0]?.id ?? BLOCKED);
  for (const { from, to, name, gate } of workflow.transitions) {
    connect(from, to, name ?? `${from} to ${to}`);
    for (const target of waysBack(from, gate))
      connect(from, target, target === from ? 'again' : 'revise');
    connect(from, BLOCKED, 'deny');
  }
  connect(COMPLETED, END);
  connect(BLOCKED, END);
  return graph;
}

/** As much of a runnable as a drawing asks for; with it a phase is drawn as a node that runs, not as a schema. */
function runnable(name: string): unknown {
  return { lc_runnable: true, lc_id: ['phasegate', 'phase'], getName: () => name };
}
