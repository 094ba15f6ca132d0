import type { DrawnEdge, DrawnNode, GraphDescription } from '../drawing/index.ts';
import { BLOCKED, COMPLETED } from '../state/index.ts';
import type { WorkflowShape } from '../workflow/index.ts';

/**
 * Describes a workflow for drawing: its phases, the gate of each transition with its checks, the ways back and the way to
 * `blocked`. Pure.
 */
export function describeGraph(workflow: WorkflowShape): GraphDescription {
  const people = new Set(
    workflow.transitions.filter(({ gate }) => gate.approval !== undefined).map(({ from }) => from),
  );
  const phases = workflow.phases.map(({ id, agent }): DrawnNode => ({
    id,
    label: id,
    kind: people.has(id) ? 'person' : 'phase',
    note: people.has(id) ? 'a person decides' : variantsOf(agent),
  }));
  return {
    title: workflow.title,
    nodes: [
      { id: 'start', label: 'start', kind: 'start' },
      ...phases,
      { id: COMPLETED, label: COMPLETED, kind: 'completed' },
      { id: BLOCKED, label: BLOCKED, kind: 'blocked' },
    ],
    edges: [
      { from: 'start', to: workflow.phases[0]?.id ?? BLOCKED, label: '', kind: 'allow' },
      ...workflow.transitions.flatMap(edgesOf),
    ],
  };
}

function variantsOf(agent: WorkflowShape['phases'][number]['agent']): string {
  return agent.llm === undefined ? 'simulated' : 'simulated or llm';
}

type Transition = WorkflowShape['transitions'][number];

function edgesOf(transition: Transition): readonly DrawnEdge[] {
  const { from, to, name, gate } = transition;
  const asked = gate.bindings.filter(({ mode }) => mode !== 'audit');
  const checks = asked.map(({ check, mode }) =>
    mode === 'deny' ? check.id : `${check.id} (${mode})`,
  );
  // What only records moves no run; a standard brings a dozen of them to each gate.
  const recorded = gate.bindings.length - asked.length;
  const others = recorded === 0 ? [] : [`${recorded} more, recorded only`];
  const approval = gate.approval === undefined ? [] : ['approval of a person'];
  const label = [name ?? `${from} to ${to}`, ...checks, ...approval, ...others].join('\n');
  return [{ from, to, label, kind: 'allow' }, ...waysBack(transition), deniedEdge(transition)];
}

/** One edge for each phase that a failed check leads to, with the checks that do. */
function waysBack({ from, gate }: Transition): readonly DrawnEdge[] {
  const edges = new Map<
    string,
    { readonly kind: 'revise' | 'ask'; readonly to: string; readonly ids: string[] }
  >();
  for (const { check, mode, consequence } of gate.bindings) {
    if (mode !== 'deny' || consequence.kind === 'deny') continue;
    const to = consequence.kind === 'ask' ? from : consequence.to;
    const key = `${consequence.kind} ${to}`;
    const edge = edges.get(key) ?? { kind: consequence.kind, to, ids: [] };
    edges.set(key, edge);
    edge.ids.push(check.id);
  }
  return [...edges.values()].map(({ kind, to, ids }) => ({
    from,
    to,
    kind,
    label: [kind === 'ask' ? 'ask a person' : 'revise', ...ids].join('\n'),
  }));
}

/** Every gate can lead to `blocked`: by a check that denies, by an error, or when a phase has had all its attempts. */
function deniedEdge({ from, gate }: Transition): DrawnEdge {
  const ids = gate.bindings
    .filter(({ mode, consequence }) => mode === 'deny' && consequence.kind === 'deny')
    .map(({ check }) => check.id);
  return { from, to: BLOCKED, kind: 'deny', label: ['deny', ...ids].join('\n') };
}
