import { deepFrozen, digestOf, type JsonValue } from '../../kernel/index.ts';
import { INPUT } from '../../state/index.ts';
import { defineGate, evaluateGate, type Check, type Gate } from '../../validation/index.ts';
import type { Transition, WorkflowShape } from '../definition/workflow-shape.ts';
import type { RunView } from '../state/run-view.ts';

/** What a gate is asked about, and its digest. */
export interface ViewFacts {
  readonly facts: unknown;
  readonly factsDigest: string;
}

/** A view does not change, so its facts are taken once. */
const factsOfViews = new WeakMap<RunView, ViewFacts>();

/** Gives what the gates behind a view are asked about. */
export function factsOf(view: RunView): ViewFacts {
  const known = factsOfViews.get(view);
  if (known !== undefined) return known;
  const artifacts: Record<string, JsonValue> = {};
  for (const [phase, { value }] of Object.entries(view.artifacts)) {
    if (phase !== INPUT) artifacts[phase] = value;
  }
  // Also what a check reads without a schema of its own must not change what the next one sees.
  const facts = deepFrozen({
    input: view.input,
    artifacts,
    run: { attempts: view.attempts, usage: view.usage },
  });
  const taken = { facts, factsDigest: digestOfFacts(view) };
  factsOfViews.set(view, taken);
  return taken;
}

function digestOfFacts({ artifacts, attempts, usage }: RunView): string {
  const digests: Record<string, string> = {};
  for (const [phase, { digest }] of Object.entries(artifacts)) digests[phase] = digest;
  return digestOf({ digests, attempts, usage });
}

type Chosen = { readonly transition: Transition } | { readonly problem: string };

/** Finds the transition whose gate decides: the first out of `from` whose condition passes. */
export async function chooseTransition(
  workflow: WorkflowShape,
  from: string,
  facts: unknown,
): Promise<Chosen> {
  for (const transition of workflow.transitions) {
    if (transition.from !== from) continue;
    if (transition.when === undefined) return { transition };
    const [answer] = (await evaluateGate(conditionGate(transition.when), facts)).checks;
    if (answer?.outcome === 'pass') return { transition };
    if (answer?.outcome !== 'fail')
      return { problem: answer?.message ?? 'A condition gave no answer.' };
  }
  return { problem: `No transition leads out of "${from}".` };
}

const conditionGates = new WeakMap<Check, Gate>();

function conditionGate(when: Check): Gate {
  const known = conditionGates.get(when) ?? defineGate({ checks: [when] });
  conditionGates.set(when, known);
  return known;
}
