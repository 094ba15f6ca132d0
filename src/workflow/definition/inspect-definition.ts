import { BLOCKED, COMPLETED } from '../../state/index.ts';
import type { Gate } from '../../validation/index.ts';
import { InvalidDefinitionError } from '../errors.ts';
import type { Transition, WorkflowShape } from './workflow-shape.ts';

/** Names that the graph itself uses, as a node or as a key of its state. */
const RESERVED = new Set([
  BLOCKED,
  COMPLETED,
  'input',
  'run',
  'artifacts',
  'history',
  'approvals',
  'refusals',
  // These cannot be keys of stored JSON.
  'constructor',
  'prototype',
  'lc',
]);

/** Refuses a workflow that cannot work, naming the place. */
export function inspectDefinition(workflow: WorkflowShape): void {
  inspectPhases(workflow);
  inspectTransitions(workflow);
  inspectReach(workflow);
  inspectLoops(workflow);
  inspectMigrations(workflow);
}

function inspectPhases({ id, phases }: WorkflowShape): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw refused(`workflow "${id}"`, 'an id in kebab case');
  if (phases.length === 0) throw refused(`workflow "${id}"`, 'at least one phase');
  const seen = new Set<string>();
  for (const phase of phases) {
    if (RESERVED.has(phase.id))
      throw refused(`phase "${phase.id}"`, 'an id that the graph does not use itself');
    if (seen.has(phase.id)) throw refused(`phase "${phase.id}"`, 'each phase id once');
    seen.add(phase.id);
  }
  for (const phase of phases) {
    const unknown = Object.keys(phase.agent.reads).find((name) => !seen.has(name));
    if (unknown !== undefined)
      throw refused(`phase "${phase.id}"`, `reads of known phases, found "${unknown}"`);
  }
}

function inspectTransitions({ phases, transitions }: WorkflowShape): void {
  const known = new Set<string>(phases.map(({ id }) => id));
  const seen = new Set<string>();
  const open = new Set<string>();
  for (const transition of transitions) {
    const { from, to, when } = transition;
    const place = `transition "${from}" to "${to}"`;
    if (!known.has(from)) throw refused(place, `a known phase to start from, found "${from}"`);
    if (!known.has(to) && to !== COMPLETED)
      throw refused(place, `a known phase or "${COMPLETED}", found "${to}"`);
    if (seen.has(`${from} ${to}`)) throw refused(place, 'each pair of phases once');
    if (open.has(from))
      throw refused(place, `a transition before the one out of "${from}" that has no "when"`);
    seen.add(`${from} ${to}`);
    if (when === undefined) open.add(from);
    inspectGate(transition, place, known);
  }
  const stuck = phases.find(({ id }) => !open.has(id));
  if (stuck !== undefined)
    throw refused(`phase "${stuck.id}"`, 'a transition out of it that has no "when"');
}

function inspectGate({ gate }: Transition, place: string, known: ReadonlySet<string>): void {
  // Types cannot promise it to callers in JavaScript, and a move without a gate must not exist.
  if (gate?.bindings === undefined) throw refused(place, 'a gate made by defineGate');
  if (gate.bindings.length === 0 && gate.approval === undefined)
    throw refused(place, 'a gate with checks');
  for (const { check, consequence } of gate.bindings) {
    if (consequence.kind === 'revise' && !known.has(consequence.to)) {
      throw refused(
        `${place}, check "${check.id}"`,
        `a known phase to revise, found "${consequence.to}"`,
      );
    }
  }
}

function inspectReach({ phases, transitions }: WorkflowShape): void {
  const first = phases[0]?.id ?? '';
  const cycle = phases.find(({ id }) =>
    nextOf(transitions, id).some((to) => reach(transitions, to).has(id)),
  );
  if (cycle !== undefined)
    throw refused(`phase "${cycle.id}"`, 'transitions that lead forward; a way back is a revision');
  const reached = reach(transitions, first);
  const unreachable = phases.find(({ id }) => !reached.has(id));
  if (unreachable !== undefined)
    throw refused(`phase "${unreachable.id}"`, `a way to reach it from "${first}"`);
}

/** Every way back must lead to a phase that has gone before, and be bounded there. */
function inspectLoops({ phases, transitions }: WorkflowShape): void {
  for (const { from, to, gate } of transitions) {
    const place = `transition "${from}" to "${to}"`;
    for (const target of waysBack(from, gate)) {
      const loop = reach(transitions, target);
      if (!loop.has(from))
        throw refused(place, `a revision of "${from}" or an earlier phase, found "${target}"`);
      const unbounded = phases.find(
        ({ id, maxAttempts }) =>
          loop.has(id) && reach(transitions, id).has(from) && maxAttempts < 2,
      );
      if (unbounded !== undefined) {
        throw refused(
          `phase "${unbounded.id}"`,
          `maxAttempts of 2 or more, as ${place} can lead back through it`,
        );
      }
    }
  }
}

/** The phases that a gate can send a run back to. */
export function waysBack(from: string, gate: Gate): readonly string[] {
  const back = gate.bindings.flatMap(({ mode, consequence }) => {
    if (mode !== 'deny' || consequence.kind === 'deny') return [];
    return consequence.kind === 'revise' ? [consequence.to] : [from];
  });
  return [...new Set(gate.approval === undefined ? back : [...back, from])];
}

function nextOf(transitions: WorkflowShape['transitions'], from: string): readonly string[] {
  return transitions.flatMap((transition) => (transition.from === from ? [transition.to] : []));
}

/** `start` and everything after it. */
function reach(transitions: WorkflowShape['transitions'], start: string): ReadonlySet<string> {
  const reached = new Set([start]);
  // A set yields what is added while it is walked.
  for (const at of reached) for (const to of nextOf(transitions, at)) reached.add(to);
  return reached;
}

function inspectMigrations({ id, version, migrations }: WorkflowShape): void {
  const place = `workflow "${id}"`;
  if (!Number.isSafeInteger(version) || version < 1) throw refused(place, 'a version of 1 or more');
  const from = migrations.map((migration) => migration.from);
  if (new Set(from).size !== from.length) throw refused(place, 'one migration for each version');
  if (from.some((step) => !Number.isSafeInteger(step) || step < 1 || step >= version)) {
    throw refused(place, `migrations from versions 1 to ${version - 1}`);
  }
  const first = Math.min(...from);
  for (let step = first; step < version; step += 1) {
    if (!from.includes(step))
      throw refused(place, `a migration from version ${step}, as there is one from ${first}`);
  }
}

function refused(place: string, expected: string): InvalidDefinitionError {
  return new InvalidDefinitionError(place, expected);
}
