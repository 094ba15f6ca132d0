import { z } from 'zod';

import { defineCheck, defineGate, reviseOn } from '../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../src/workflow/index.ts';

// Compiled only: each line below a `@ts-expect-error` must be refused by the compiler, and every other one accepted.

type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
function holds<Claim extends true>(claim?: Claim): Claim | undefined {
  return claim;
}

const Brief = z.strictObject({ text: z.string() });
const Notes = z.strictObject({ words: z.array(z.string()) });
const Plan = z.strictObject({ steps: z.array(z.number()) });

const notesAgent = defineAgent({
  id: 'notes',
  input: Brief,
  artifact: Notes,
  reads: {},
  simulated: ({ input, previous }) => {
    holds<Equal<typeof input, { text: string }>>();
    holds<Equal<typeof previous, { words: string[] } | undefined>>();
    return { words: [input.text] };
  },
});
const planAgent = defineAgent({
  id: 'plan',
  input: Brief,
  artifact: Plan,
  reads: { notes: Notes },
  simulated: ({ artifacts }) => {
    holds<Equal<typeof artifacts.notes, { words: string[] }>>();
    // @ts-expect-error -- What is not declared in `reads` is not there.
    void artifacts.plan;
    return { steps: artifacts.notes.words.map((word) => word.length) };
  },
});
defineAgent({
  id: 'wrong',
  input: Brief,
  artifact: Plan,
  reads: {},
  // @ts-expect-error -- An agent gives its artifact and nothing else.
  simulated: () => ({ steps: ['one'] }),
});

const notes = definePhase({ id: 'notes', agent: notesAgent });
const plan = definePhase({ id: 'plan', agent: planAgent });

const noted = defineCheck({
  id: 'noted',
  reads: z.object({ artifacts: z.object({ notes: Notes }) }),
  message: 'No.',
  remedy: 'Mend.',
  evaluate: ({ artifacts }) => artifacts.notes.words.length > 0,
});
const planned = defineCheck({
  id: 'planned',
  reads: z.object({ artifacts: z.object({ plan: Plan }) }),
  message: 'No.',
  remedy: 'Mend.',
  // @ts-expect-error -- A check answers with a boolean or a result.
  evaluate: ({ artifacts }) => artifacts.plan.steps.length,
});
const elsewhere = defineCheck({
  id: 'elsewhere',
  reads: z.object({ artifacts: z.object({ plan: z.object({ steps: z.array(z.string()) }) }) }),
  message: 'No.',
  remedy: 'Mend.',
  evaluate: () => true,
});
const afterNotes = defineGate({ checks: [noted] });
const afterPlan = defineGate({ checks: [reviseOn(planned, 'notes')] });

const workflow = defineWorkflow({
  id: 'typed',
  input: Brief,
  phases: [notes, plan],
  transitions: [
    { from: 'notes', to: 'plan', gate: afterNotes },
    { from: 'plan', to: 'completed', gate: afterPlan },
  ],
});

defineWorkflow({
  id: 'typed',
  input: Brief,
  phases: [notes, plan],
  transitions: [
    // @ts-expect-error -- No phase has this id.
    { from: 'nots', to: 'plan', gate: afterNotes },
    // @ts-expect-error -- Nor this one.
    { from: 'plan', to: 'confirm', gate: afterPlan },
    // @ts-expect-error -- A transition has a gate.
    { from: 'plan', to: 'completed' },
    // @ts-expect-error -- The plan's steps are numbers.
    { from: 'plan', to: 'completed', gate: defineGate({ checks: [elsewhere] }) },
  ],
});

const lonely = defineAgent({
  id: 'lonely',
  input: Brief,
  artifact: Notes,
  reads: { research: Notes },
  simulated: ({ artifacts }) => artifacts.research,
});
const mistaken = defineAgent({
  id: 'mistaken',
  input: Brief,
  artifact: Notes,
  reads: { plan: Notes },
  simulated: ({ artifacts }) => artifacts.plan,
});
const hungry = defineAgent({
  id: 'hungry',
  input: z.object({ pages: z.number() }),
  artifact: Notes,
  reads: {},
  simulated: () => ({ words: [] }),
});
const mistakenPhase = definePhase({ id: 'mistaken', agent: mistaken });
const loose = { id: 'loose', input: Brief, transitions: [] };
// @ts-expect-error -- No phase produces the artifact that the agent reads.
defineWorkflow({ ...loose, phases: [notes, definePhase({ id: 'lonely', agent: lonely })] });
// @ts-expect-error -- The phase named produces another shape.
defineWorkflow({ ...loose, phases: [notes, plan, mistakenPhase] });
// @ts-expect-error -- The agent takes another input than the workflow.
defineWorkflow({ ...loose, phases: [definePhase({ id: 'hungry', agent: hungry })] });

const graph = compileWorkflow(workflow);

export async function results(): Promise<void> {
  const end = await graph.invoke({ input: { text: 'a' } });
  holds<Equal<typeof end.input, { text: string } | null>>();
  const made = end.artifacts.plan?.value;
  holds<Equal<typeof made, { steps: number[] } | undefined>>();
  const accepted = end.artifacts.input?.value;
  holds<Equal<typeof accepted, { text: string } | undefined>>();
  holds<Equal<(typeof end.run & object)['status'], 'running' | 'completed' | 'blocked'>>();
  // @ts-expect-error -- No phase has this id.
  void end.artifacts.confirm;
  // @ts-expect-error -- The input has another shape.
  await graph.invoke({ input: { pages: 1 } });
}

// Who works is chosen by phase: a variant, or an agent that reads, gives and takes what the phase's own does.
compileWorkflow(workflow, { agents: 'simulated' });
workflow.compile({ agents: { notes: 'simulated', plan: planAgent } });
const counted = defineAgent({
  id: 'counted',
  input: Brief,
  artifact: Plan,
  reads: {},
  simulated: () => ({ steps: [1] }),
});
workflow.compile({ agents: { plan: counted } });
// @ts-expect-error -- There are two variants.
workflow.compile({ agents: 'gpt' });
// @ts-expect-error -- No phase has this id.
workflow.compile({ agents: { confirm: 'simulated' } });
// @ts-expect-error -- The agent gives notes, and the phase a plan.
workflow.compile({ agents: { plan: notesAgent } });
// @ts-expect-error -- No phase makes what the agent reads.
workflow.compile({ agents: { notes: lonely } });
// @ts-expect-error -- The phase named makes another shape.
workflow.compile({ agents: { notes: mistaken } });
// @ts-expect-error -- The agent takes another input than the workflow.
workflow.compile({ agents: { notes: hungry } });
