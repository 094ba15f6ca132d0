import { Command, MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import type { Facts, Logger } from '../kernel/index.ts';
import {
  askOn,
  defineCheck,
  defineGate,
  denyOn,
  fail,
  pass,
  reviseOn,
} from '../validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  driveRun,
  withBindings,
  type RunMessage,
} from './index.ts';

const Brief = z.strictObject({ text: z.string() });
const Notes = z.strictObject({ words: z.array(z.string()), name: z.string().nullable() });
const Plan = z.strictObject({ steps: z.array(z.string()) });
const Decided = z.strictObject({ decision: z.string(), plan: Plan, comment: z.string() });
const Letter = z.strictObject({ body: z.string() });

const notes = defineAgent({
  id: 'notes',
  input: Brief,
  artifact: Notes,
  reads: {},
  simulated: ({ input, answers }) => ({
    words: input.text.split(' '),
    name: answers.at(-1)?.text ?? null,
  }),
});
const plan = defineAgent({
  id: 'plan',
  input: Brief,
  artifact: Plan,
  reads: { notes: Notes },
  simulated: ({ artifacts, revision }) => ({
    steps: [...artifacts.notes.words, ...(revision?.reasons.map((r) => r.message) ?? [])],
  }),
});
const confirm = defineAgent({
  id: 'confirm',
  input: Brief,
  artifact: Decided,
  reads: { plan: Plan },
  simulated: ({ artifacts }, { decide }) => {
    const decision = decide({
      action: 'approve-plan',
      description: '# Plan',
      subject: artifacts.plan,
      schema: Plan,
    });
    return { decision: decision.kind, plan: decision.subject, comment: decision.comment };
  },
});
const write = defineAgent({
  id: 'write',
  input: Brief,
  artifact: Letter,
  reads: { confirm: Decided },
  simulated: ({ artifacts }) => ({ body: artifacts.confirm.plan.steps.join(',') }),
});
const named = defineCheck({
  id: 'notes.named',
  reads: z.object({ artifacts: z.object({ notes: Notes }) }),
  message: 'No name.',
  remedy: 'Say it.',
  evaluate: ({ artifacts }) =>
    artifacts.notes.name !== null ||
    fail({ questions: [{ id: 'name', text: 'Who?', path: 'name', options: [] }] }),
});
const planned = defineCheck({
  id: 'plan.steps',
  reads: z.object({ artifacts: z.object({ plan: Plan }) }),
  message: 'No steps.',
  remedy: 'Add.',
  evaluate: ({ artifacts }) => (artifacts.plan.steps.length > 0 ? pass() : fail()),
});
const agreed = defineCheck({
  id: 'plan.agreed',
  reads: z.object({ artifacts: z.object({ confirm: Decided }) }),
  message: 'Not agreed.',
  remedy: 'Change.',
  evaluate: ({ artifacts: { confirm: c } }) =>
    c.decision === 'approved' ||
    c.decision === 'edited' ||
    fail({ message: `Rejected: ${c.comment}` }),
});
const written = defineCheck({
  id: 'letter.body',
  reads: z.object({ artifacts: z.object({ write: Letter }) }),
  message: 'Empty.',
  remedy: 'Write.',
  evaluate: ({ artifacts }) => artifacts.write.body !== '',
});

const workflow = defineWorkflow({
  id: 'letters',
  input: Brief,
  phases: [
    definePhase({ id: 'notes', agent: notes, maxAttempts: 3 }),
    definePhase({ id: 'plan', agent: plan, maxAttempts: 3 }),
    definePhase({ id: 'confirm', agent: confirm, maxAttempts: 3 }),
    definePhase({ id: 'write', agent: write }),
  ],
  transitions: [
    { from: 'notes', to: 'plan', gate: defineGate({ checks: [askOn(named)] }) },
    { from: 'plan', to: 'confirm', gate: defineGate({ checks: [planned] }) },
    {
      from: 'confirm',
      to: 'write',
      gate: defineGate({
        checks: [reviseOn(agreed, 'plan')],
        approval: {
          subject: (f: { artifacts: { confirm: z.infer<typeof Decided> } }) =>
            f.artifacts.confirm.plan,
          roles: [],
          validForMs: 60_000,
        },
      }),
    },
    { from: 'write', to: 'completed', gate: defineGate({ checks: [written] }) },
  ],
});

test('a run asks, waits for a person, takes a rejection back into the plan, and completes', async () => {
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
  const config = { configurable: { thread_id: 't' } };
  await graph.invoke({ input: { text: 'a b' } }, config);
  let state = await graph.getState(config);
  expect(state.next).toEqual(['notes']);
  await graph.invoke(new Command({ resume: { answers: { name: 'Ada' } } }), config);
  state = await graph.getState(config);
  expect(state.next).toEqual(['confirm']);
  await graph.invoke(new Command({ resume: { decision: 'reject', comment: 'more' } }), config);
  const end = await graph.invoke(new Command({ resume: [{ type: 'accept', args: null }] }), config);
  expect(end.run?.status).toBe('completed');
  expect(end.artifacts.write?.value.body).toBe('a,b,Rejected: more');
  expect(end.history.map(({ phase, attempt }) => `${phase} ${attempt}`)).toEqual([
    'notes 1',
    'notes 2',
    'plan 1',
    'confirm 1',
    'plan 2',
    'confirm 2',
    'write 1',
    'completed 1',
  ]);
  expect(end.refusals).toEqual([]);
});

test('the runner reports what happens and where the run stands', async () => {
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
  const events: string[] = [];
  const drive = (message: RunMessage) =>
    driveRun(graph, {
      workflow,
      thread: 'd',
      message,
      onEvent: (event) =>
        events.push(
          event.type === 'progress'
            ? 'progress'
            : `${event.type} ${'phase' in event ? event.phase : event.verdict.outcome}`,
        ),
    });
  const first = await drive({ kind: 'start', input: { text: 'a b' } });
  expect(first).toMatchObject({
    status: 'waiting',
    phase: 'notes',
    artifacts: { notes: { name: null } },
  });
  expect(first.interrupt?.value).toMatchObject({ phasegate: { kind: 'questions' } });
  const second = await drive({ kind: 'answer', answer: { answers: { name: 'Ada' } } });
  expect(second).toMatchObject({ status: 'waiting', phase: 'confirm' });
  expect(events).toEqual([
    'phase-started notes',
    'phase-ended notes',
    'gate-judged ask',
    'phase-started notes',
    'person-awaited notes',
    'gate-judged ask',
    'phase-started notes',
    'phase-ended notes',
    'gate-judged allow',
    'phase-started plan',
    'phase-ended plan',
    'gate-judged allow',
    'phase-started confirm',
    'person-awaited confirm',
  ]);
  const third = await drive({ kind: 'answer', answer: { decision: 'approve' } });
  expect(third).toMatchObject({ status: 'completed', phase: 'completed', reason: null });
  expect(third.verdicts.map(({ outcome }) => outcome)).toEqual([
    'ask',
    'allow',
    'allow',
    'allow',
    'allow',
  ]);
});

test('logs name the thread, the run, the phase and the attempt', async () => {
  const lines: (readonly [event: string, fields: Facts])[] = [];
  const logger = loggerInto(lines);
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver(), logger });
  const report = await driveRun(graph, {
    workflow,
    thread: 'logged',
    message: { kind: 'start', input: { text: 'a b' } },
  });
  const judged = lines.filter(([event]) => event === 'gate-judged').map(([, fields]) => fields);
  expect(judged).toContainEqual(
    expect.objectContaining({ thread: 'logged', run: report.run, phase: 'notes', attempt: 1 }),
  );
  const correlated = { thread: 'logged', run: report.run, phase: 'notes' };
  const phases = lines.filter(([event]) => event.startsWith('phase-'));
  expect(phases).not.toHaveLength(0);
  for (const [, fields] of phases) expect(fields).toMatchObject({ ...correlated, attempt: 1 });
});

/** A logger whose lines are kept, with what its parents know. */
function loggerInto(lines: (readonly [event: string, fields: Facts])[], known: Facts = {}): Logger {
  const keep = (event: string, fields?: Facts): void =>
    void lines.push([event, { ...known, ...fields }]);
  return {
    debug: keep,
    info: keep,
    warn: keep,
    error: keep,
    child: (fields) => loggerInto(lines, { ...known, ...fields }),
  };
}

test('a workflow compiles itself, and a copy of it that asks more compiles with what it asks', async () => {
  const input = { text: 'one two' };
  const never = defineCheck({
    id: 'house.never',
    reads: z.object({ artifacts: z.object({ notes: Notes }) }),
    message: 'Not in this house.',
    remedy: 'Go elsewhere.',
    evaluate: () => false,
  });
  const stricter = withBindings(workflow, ({ from }) => (from === 'notes' ? [denyOn(never)] : []));
  const config = { configurable: { thread_id: 'self' } };
  const own = await workflow.compile({ checkpointer: new MemorySaver() }).invoke({ input }, config);
  const more = await stricter
    .compile({ checkpointer: new MemorySaver() })
    .invoke({ input }, config);
  expect(own.run?.status).not.toBe('blocked');
  expect(more.run?.status).toBe('blocked');
});

test.each([0, 2 ** 31, Number.NaN])('a trail that may take %s ms is refused', (auditTimeoutMs) => {
  expect(() => compileWorkflow(workflow, { auditTimeoutMs })).toThrow(
    expect.objectContaining({ code: 'WORKFLOW_INVALID_OPTIONS' }),
  );
});
