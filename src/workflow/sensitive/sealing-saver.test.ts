import { Command, MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import type { AuditEvent, AuditSink } from '../../audit/index.ts';
import { digestOf } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { defineCheck, defineGate } from '../../validation/index.ts';
import { heldInMemory } from '../fixtures/held-in-memory.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
  derivedVault,
  reportRun,
  verifyState,
  type FieldVault,
  threadSubject,
} from '../index.ts';

const sensitive = { sensitive: true, subject: 'person' };
const Brief = z.strictObject({
  person: z.string(),
  name: z.string().meta(sensitive),
  numbers: z.array(z.strictObject({ ssn: z.string().meta(sensitive) })),
  topic: z.string(),
});
const Plan = z.strictObject({
  person: z.string(),
  greeting: z.string().meta(sensitive),
  steps: z.int(),
});
const CANARIES = ['Quillon Vantreese', '536-22-1234', 'ask for Vantreese'];
const INPUT = {
  person: 'p-17',
  name: CANARIES[0] ?? '',
  numbers: [{ ssn: CANARIES[1] ?? '' }],
  topic: 'a letter',
};

const plan = defineAgent({
  id: 'planner',
  input: Brief,
  artifact: Plan,
  reads: {},
  simulated: ({ input }, { decide }) => {
    const subject = { person: input.person, greeting: `Dear ${input.name}`, steps: 1 };
    decide({ action: 'approve-plan', description: `To ${input.name}`, subject, schema: Plan });
    return { ...subject, steps: input.numbers.length };
  },
});
const hasSteps = defineCheck({
  id: 'plan.steps',
  reads: z.object({ artifacts: z.object({ plan: Plan }) }),
  message: 'No steps.',
  remedy: 'Add one.',
  evaluate: ({ artifacts }) => artifacts.plan.greeting.startsWith('Dear Q'),
});
const always = defineCheck({
  id: 'always',
  reads: z.object({ artifacts: z.object({ plan: z.looseObject({}) }) }),
  message: 'Never said.',
  remedy: 'None.',
  evaluate: () => true,
});
const workflow = defineWorkflow({
  id: 'letters',
  input: Brief,
  phases: [definePhase({ id: 'plan', agent: plan })],
  transitions: [{ from: 'plan', to: 'completed', gate: defineGate({ checks: [hasSteps] }) }],
});
const sealKey = new Uint8Array(32).fill(7);
const config = { configurable: { thread_id: 't' } };
const who: Principal = {
  id: 'kim',
  kind: 'person',
  roles: [],
  authenticated: true,
  source: 'test',
};
const graphOver = (checkpointer: MemorySaver, fieldKeys?: FieldVault) =>
  compileWorkflow(workflow, {
    checkpointer,
    sealKey,
    identify: () => who,
    ...(fieldKeys === undefined ? {} : { fieldKeys }),
  });
const resume = new Command({ resume: { decision: 'approve', comment: CANARIES[2] } });

/** A vault that can lose the key of a person. */
function forgetful(): FieldVault & { forget(subject: string): void } {
  const vault = derivedVault(sealKey);
  const gone = new Set<string>();
  const subjects = new Map<string, string>();
  return {
    conceal: async (subject, text) => {
      const concealed = await vault.conceal(subject, text);
      subjects.set(concealed, subject);
      return concealed;
    },
    reveal: async (concealed) =>
      gone.has(subjects.get(concealed) ?? '') ? { kind: 'erased' } : vault.reveal(concealed),
    forget: (subject) => void gone.add(subject),
  };
}

test('no sensitive value is in the store, at any step, and the run sees all of them', async () => {
  const saver = new MemorySaver();
  await graphOver(saver).invoke({ input: INPUT }, config);
  for (const canary of CANARIES) expect(heldInMemory(saver)).not.toContain(canary);
  const end = await graphOver(saver).invoke(resume, config);
  for (const canary of CANARIES) expect(heldInMemory(saver)).not.toContain(canary);
  expect(heldInMemory(saver)).toContain('a letter');
  expect(end.run?.status).toBe('completed');
  expect(end.artifacts.input?.value).toEqual(INPUT);
  expect(end.artifacts.plan?.value.greeting).toBe('Dear Quillon Vantreese');
});

test('the test can fail: without the marks the values are in the store', async () => {
  const plain = new MemorySaver();
  const Open = z.strictObject({ name: z.string() });
  const agent = defineAgent({
    id: 'a',
    input: Open,
    artifact: Open,
    reads: {},
    simulated: ({ input }) => input,
  });
  const open = defineWorkflow({
    id: 'open',
    input: Open,
    phases: [definePhase({ id: 'plan', agent })],
    transitions: [{ from: 'plan', to: 'completed', gate: defineGate({ checks: [always] }) }],
  });
  await compileWorkflow(open, { checkpointer: plain, sealKey }).invoke(
    { input: { name: CANARIES[0] ?? '' } },
    config,
  );
  expect(heldInMemory(plain)).toContain(CANARIES[0]);
});

test('digests of sensitive values are not in the store either', async () => {
  const saver = new MemorySaver();
  await graphOver(saver).invoke({ input: INPUT }, config);
  const { values } = await graphOver(saver).getState(config);
  expect(heldInMemory(saver)).not.toContain(values.artifacts?.input?.digest ?? 'none');
});

test('digests that the audit trail gets are keyed', async () => {
  const events: AuditEvent[] = [];
  const audit: AuditSink = {
    append: async (event) => {
      events.push(event);
      return { chain: 'main', seq: events.length, hash: '', repeated: false };
    },
  };
  const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver(), sealKey, audit });
  await graph.invoke({ input: INPUT }, config);
  expect(events[0]?.kind).toBe('run-started');
  expect(events[0]?.input).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(events)).not.toContain(digestOf(INPUT));
});

test('once a person is erased, the thread loads, verifies, reads as erased and does not go on', async () => {
  const saver = new MemorySaver();
  const vault = forgetful();
  await graphOver(saver, vault).invoke({ input: INPUT }, config);
  await graphOver(saver, vault).invoke(resume, config);
  vault.forget('p-17');
  const snapshot = await graphOver(saver, vault).getState(config);
  verifyState(snapshot.values, { workflow, sealKey, thread: 't' });
  const { artifacts, status } = reportRun(workflow, 't', snapshot);
  expect(status).toBe('completed');
  expect(artifacts['plan']).toMatchObject({ person: 'p-17', greeting: '[erased]', steps: 1 });
  expect(JSON.stringify(snapshot.values)).not.toContain('Vantreese');
  for await (const past of graphOver(saver, vault).getStateHistory(config))
    expect(JSON.stringify(past)).not.toContain('Vantreese');
});

test('a thread whose own key was erased is told as erased, not as changed', async () => {
  const saver = new MemorySaver();
  const vault = forgetful();
  await graphOver(saver, vault).invoke({ input: INPUT }, config);
  await graphOver(saver, vault).invoke(resume, config);
  vault.forget(threadSubject('t'));
  const { values } = await graphOver(saver, vault).getState(config);
  const read = (): void => verifyState(values, { workflow, sealKey, thread: 't' });
  expect(read).toThrow(/was erased/);
  expect(read).toThrow(
    expect.objectContaining({ hint: expect.not.stringContaining('changed in the store') }),
  );
});

test('a run that waits when its person is erased is not gone on with', async () => {
  const saver = new MemorySaver();
  const vault = forgetful();
  await graphOver(saver, vault).invoke({ input: INPUT }, config);
  vault.forget('p-17');
  const graph = graphOver(saver, vault);
  expect(JSON.stringify(await graph.getState(config))).not.toContain('Vantreese');
  const after = await graph.invoke(resume, config);
  expect(after.refusals.map(({ code }) => code)).toEqual(['PHASE_ERASED']);
  expect(after.run).toBeNull();
});

test('something that only looks sealed comes back as it was sent', async () => {
  const saver = new MemorySaver();
  const topic = { 'phasegate/sealed': 'derived/1:x:y' };
  const Any = z.strictObject({ name: z.string().meta({ sensitive: true }), topic: z.json() });
  const agent = defineAgent({
    id: 'a',
    input: Any,
    artifact: Any,
    reads: {},
    simulated: ({ input }) => input,
  });
  const open = defineWorkflow({
    id: 'open',
    input: Any,
    phases: [definePhase({ id: 'plan', agent })],
    transitions: [{ from: 'plan', to: 'completed', gate: defineGate({ checks: [always] }) }],
  });
  const graph = compileWorkflow(open, { checkpointer: saver, sealKey });
  await graph.invoke({ input: { name: 'Q', topic } }, config);
  const { values } = await graph.getState(config);
  expect(values.artifacts?.plan?.value.topic).toEqual(topic);
});
