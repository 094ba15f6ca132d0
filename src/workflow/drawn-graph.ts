import { Graph } from '@langchain/core/runnables/graph';
import { END, START } from '@langchain/langgraph';

import { BLOCKED, COMPLETED } from '../state/index.ts';
import { waysBack } from './definition/inspect-definition.ts';
import type { WorkflowShape } from './definition/workflow.ts';

/** Gives the drawing of a workflow: phases, guarded transitions by name, and the ways back. */
export function drawnGraph(workflow: WorkflowShape): Graph {
  const graph = new Graph();
  const data = { name: workflow.id, schema: workflow.input };
  const ids = [START, ...workflow.phases.map(({ id }) => id), COMPLETED, BLOCKED, END];
  const nodes = new Map(ids.map((id) => [id, graph.addNode(data as never, id)]));
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
