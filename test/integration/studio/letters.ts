import { z } from 'zod';

import {
  askOn,
  defineCheck,
  defineGate,
  fail,
  pass,
  reviseOn,
} from '../../../src/validation/index.ts';
import { defineAgent, definePhase, defineWorkflow } from '../../../src/workflow/index.ts';

const Wish = z.strictObject({ text: z.string().min(1) });
const Notes = z.strictObject({ words: z.array(z.string()), name: z.string().nullable() });
const Plan = z.strictObject({ steps: z.array(z.string()), urgent: z.boolean() });
const Decided = z.strictObject({ decision: z.string(), plan: Plan, comment: z.string() });
const Letter = z.strictObject({ body: z.string() });

const notes = defineAgent({
  id: 'notes',
  input: Wish,
  artifact: Notes,
  reads: {},
  simulated: ({ input, answers }) => ({
    words: input.text.split(' '),
    name: input.text.startsWith('to ')
      ? (input.text.split(' ')[1] ?? null)
      : (answers.at(-1)?.text ?? null),
  }),
});

const plan = defineAgent({
  id: 'plan',
  input: Wish,
  artifact: Plan,
  reads: { notes: Notes },
  simulated: ({ artifacts, revision }, { report }) => {
    report({ planned: artifacts.notes.words.length });
    return {
      steps: [...artifacts.notes.words, ...(revision?.reasons.map(({ message }) => message) ?? [])],
      urgent: false,
    };
  },
});

const confirm = defineAgent({
  id: 'confirm',
  input: Wish,
  artifact: Decided,
  reads: { plan: Plan },
  simulated: ({ artifacts }, { decide }) => {
    const { kind, subject, comment } = decide({
      action: 'approve-plan',
      description: '# The plan',
      subject: artifacts.plan,
      schema: Plan,
    });
    return { decision: kind, plan: subject, comment };
  },
});

/** The guarded one: only a person's approval leads to it. */
const write = defineAgent({
  id: 'write',
  input: Wish,
  artifact: Letter,
  reads: { confirm: Decided },
  simulated: ({ artifacts }) => ({ body: artifacts.confirm.plan.steps.join(', ') }),
});

const named = defineCheck({
  id: 'notes.named',
  reads: z.object({ artifacts: z.object({ notes: Notes }) }),
  message: 'It is not known whom the letter is to.',
  remedy: 'Say it.',
  evaluate: ({ artifacts }) =>
    artifacts.notes.name === null
      ? fail({ questions: [{ id: 'name', text: 'To whom?', path: 'name', options: [] }] })
      : pass(),
});

const planned = defineCheck({
  id: 'plan.steps',
  reads: z.object({ artifacts: z.object({ plan: Plan }) }),
  message: 'The plan has no steps.',
  remedy: 'Plan one.',
  evaluate: ({ artifacts }) => artifacts.plan.steps.length > 0,
});

const agreed = defineCheck({
  id: 'plan.agreed',
  reads: z.object({ artifacts: z.object({ confirm: Decided }) }),
  message: 'The plan was not agreed to.',
  remedy: 'Change it.',
  evaluate: ({ artifacts: { confirm: made } }) =>
    ['approved', 'edited'].includes(made.decision) ||
    fail({ message: `Not agreed: ${made.comment}` }),
});

const written = defineCheck({
  id: 'letter.body',
  reads: z.object({ artifacts: z.object({ write: Letter }) }),
  message: 'The letter is empty.',
  remedy: 'Write it.',
  evaluate: ({ artifacts }) => artifacts.write.body !== '',
});

/** A small workflow that asks, waits for an approval, and guards what comes after it. */
export const letters = defineWorkflow({
  id: 'letters',
  title: 'Letters',
  input: Wish,
  phases: [
    definePhase({ id: 'notes', agent: notes, maxAttempts: 3 }),
    definePhase({ id: 'plan', agent: plan, maxAttempts: 3 }),
    definePhase({ id: 'confirm', agent: confirm, maxAttempts: 5 }),
    definePhase({ id: 'write', agent: write }),
  ],
  transitions: [
    { from: 'notes', to: 'plan', name: 'named', gate: defineGate({ checks: [askOn(named)] }) },
    { from: 'plan', to: 'confirm', name: 'planned', gate: defineGate({ checks: [planned] }) },
    {
      from: 'confirm',
      to: 'write',
      name: 'approved',
      gate: defineGate({
        checks: [reviseOn(agreed, 'plan')],
        approval: {
          subject: (facts: { artifacts: { confirm: z.infer<typeof Decided> } }) =>
            facts.artifacts.confirm.plan,
          roles: [],
          validForMs: 600_000,
        },
      }),
    },
    { from: 'write', to: 'completed', name: 'written', gate: defineGate({ checks: [written] }) },
  ],
});
