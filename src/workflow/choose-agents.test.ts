import { expect, test } from 'vitest';
import { z } from 'zod';

import { scriptedModel } from '../testing/index.ts';
import { defineCheck, defineGate } from '../validation/index.ts';
import { defineAgent, definePhase, defineWorkflow, type CompileOptions } from './index.ts';

const Text = z.strictObject({ text: z.string() });

/** An agent that signs what it writes. */
function writer(id: string, reads: Record<string, typeof Text> = {}) {
  return defineAgent({
    id,
    input: Text,
    artifact: Text,
    reads,
    simulated: () => ({ text: `${id}, simulated` }),
    llm: () => ({ text: `${id}, llm` }),
  });
}

const plain = defineAgent({
  id: 'plain',
  input: Text,
  artifact: Text,
  reads: {},
  simulated: () => ({ text: 'plain' }),
});
const said = defineCheck({
  id: 'letter.said',
  reads: z.object({ input: Text }),
  message: 'Nothing was said.',
  remedy: 'Say it.',
  evaluate: ({ input }) => input.text !== '',
});
const letters = defineWorkflow({
  id: 'letters',
  input: Text,
  phases: [
    definePhase({ id: 'draft', agent: writer('drafter') }),
    definePhase({ id: 'letter', agent: writer('author') }),
    definePhase({ id: 'stamp', agent: plain }),
  ],
  transitions: [
    { from: 'draft', to: 'letter', gate: defineGate({ checks: [said] }) },
    { from: 'letter', to: 'stamp', gate: defineGate({ checks: [said] }) },
    { from: 'stamp', to: 'completed', gate: defineGate({ checks: [said] }) },
  ],
});
const model = scriptedModel([]);

async function worked(options: Parameters<typeof letters.compile>[0]) {
  const { artifacts, history } = await letters.compile(options).invoke({ input: { text: 'a' } });
  const made = [artifacts.draft, artifacts.letter, artifacts.stamp];
  const texts = made.map((artifact) => artifact?.value.text);
  return {
    said: texts,
    by: history.slice(0, -1).map(({ agent, variant }) => `${agent} ${variant}`),
  };
}

test('everybody is simulated unless told, and llm for all leaves agents alone that have no use for a model', async () => {
  expect(await worked({ model })).toEqual({
    said: ['drafter, simulated', 'author, simulated', 'plain'],
    by: ['drafter simulated', 'author simulated', 'plain simulated'],
  });
  expect(await worked({ model, agents: 'llm' })).toEqual({
    said: ['drafter, llm', 'author, llm', 'plain'],
    by: ['drafter llm', 'author llm', 'plain simulated'],
  });
});

test('each phase is given a variant or another agent, which history names', async () => {
  expect(await worked({ model, agents: { draft: 'llm', letter: plain } })).toEqual({
    said: ['drafter, llm', 'plain', 'plain'],
    by: ['drafter llm', 'plain simulated', 'plain simulated'],
  });
  const own = writer('own', { draft: Text });
  const { by } = await worked({ agents: { letter: own } });
  expect(by).toEqual(['drafter simulated', 'own simulated', 'plain simulated']);
  const withModel = await worked({ model, agents: { letter: own } });
  expect(withModel.by).toEqual(['drafter simulated', 'own llm', 'plain simulated']);
});

test('what another agent gives is held against the schema of the phase', async () => {
  const loose = z.object({ text: z.string(), more: z.string() });
  const more = { id: 'loose', input: Text, artifact: loose, reads: {} };
  const agent = defineAgent({ ...more, simulated: () => ({ text: 'a', more: 'b' }) });
  await expect(worked({ agents: { draft: agent as never } })).rejects.toMatchObject({
    code: 'WORKFLOW_INVALID_ARTIFACT',
  });
});

const UNTYPED: readonly (readonly [string, unknown, string])[] = [
  ['a phase that is not there', { post: 'simulated' }, 'names no phase: "post"'],
  ['a variant that is not there', 'gpt', 'agents of "gpt"'],
  ['one for a phase', { draft: 'gpt' }, 'agents for "draft" of "gpt"'],
  ['something that is no agent', { draft: { id: 'none' } }, 'agents for "draft" of object'],
  ['nothing at all', null, 'agents of object'],
  ['llm for all without a model', 'llm', 'without a model'],
  ['llm for a phase without a model', { draft: 'llm' }, 'without a model'],
];

test.each(UNTYPED)('refuses %s', (_what, agents, message) => {
  const options = { agents } as CompileOptions;
  expect(() => letters.compile(options)).toThrow(
    expect.objectContaining({
      code: 'WORKFLOW_INVALID_OPTIONS',
      message: expect.stringContaining(message),
    }),
  );
});

test('refuses llm for an agent that has none, and an agent that reads what no phase makes', () => {
  expect(() => letters.compile({ model, agents: { stamp: 'llm' } })).toThrow(
    expect.objectContaining({ code: 'WORKFLOW_INVALID_OPTIONS' }),
  );
  const lost = writer('lost', { research: Text });
  expect(() => letters.compile({ agents: { letter: lost } })).toThrow(
    expect.objectContaining({
      code: 'WORKFLOW_INVALID_DEFINITION',
      message: expect.stringContaining('research'),
    }),
  );
});
