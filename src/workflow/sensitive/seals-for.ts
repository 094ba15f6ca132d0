import type { BaseCheckpointSaver } from '@langchain/langgraph';

import type { WorkflowShape } from '../definition/workflow-shape.ts';
import type { FieldVault } from './field-vault.ts';
import { sealingSaver } from './sealing-saver.ts';
import { sensitiveFieldsOf } from './sensitive-fields.ts';

/** A graph that keeps its state somewhere, or will: servers give it their store after it was compiled. */
interface Keeping {
  checkpointer?: unknown;
}

/** Makes a function that has a graph seal the sensitive fields of `workflow` wherever it keeps them, now and later. */
export function sealsFor(workflow: WorkflowShape, vault: FieldVault): (graph: Keeping) => void {
  const fields = sensitiveFieldsOf(workflow);
  const sealing = new WeakSet<object>();
  const wrapped = (saver: unknown): unknown => {
    if (!isSaver(saver) || sealing.has(saver)) return saver;
    const wrapper = sealingSaver(saver, { fields, vault });
    sealing.add(wrapper);
    return wrapper;
  };
  return (graph) => {
    if (fields.size === 0) return;
    let saver = wrapped(graph.checkpointer);
    Object.defineProperty(graph, 'checkpointer', {
      configurable: true,
      enumerable: true,
      get: () => saver,
      set: (given: unknown) => {
        saver = wrapped(given);
      },
    });
  };
}

function isSaver(value: unknown): value is BaseCheckpointSaver {
  return typeof value === 'object' && value !== null && 'getTuple' in value && 'putWrites' in value;
}
