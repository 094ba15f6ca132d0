import { MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { openConformanceRun, type PluginPackage } from '../../plugins/index.ts';
import { defineCheck } from '../../validation/index.ts';
import { documentApproval, twoPersonApproval } from '../fixtures/document-templates.ts';
import { compileWorkflow, defineAgent, definePhase, workflowFrom, type Agent } from '../index.ts';
import type { PlanCatalogue } from './from-plan.ts';

const Input = z.strictObject({ topic: z.string() });
const Draft = z.strictObject({ document: z.string(), text: z.string() });
const Note = z.strictObject({ ok: z.boolean() });
const DraftSettings = z.strictObject({ document: z.string(), language: z.string() });
const draftFacts = z.object({ artifacts: z.object({ draft: Draft }) });

const note = (id: string): Agent<z.infer<typeof Input>, object, z.infer<typeof Note>> =>
  defineAgent({ id, input: Input, artifact: Note, reads: {}, simulated: () => ({ ok: true }) });

const always = (id: string): ReturnType<PlanCatalogue<unknown>['checks'][string]> =>
  defineCheck({ id, reads: z.object({}), message: 'No.', remedy: 'Do.', evaluate: () => true });

const catalogue: PlanCatalogue<z.infer<typeof Input>> = {
  input: Input,
  phases: {
    'document-draft': (place, settings) => {
      const { document } = DraftSettings.parse(settings);
      const agent = defineAgent({
        id: 'document-draft',
        input: Input,
        artifact: Draft,
        reads: {},
        simulated: ({ input }) => ({ document, text: `On ${input.topic}` }),
      });
      return definePhase({ ...place, agent });
    },
    'document-review': (place) => definePhase({ ...place, agent: note('document-review') }),
    'document-countersign': (place) => definePhase({ ...place, agent: note('countersign') }),
    'document-publish': (place) => definePhase({ ...place, agent: note('document-publish') }),
  },
  checks: {
    'document.long-enough': (settings) => {
      const { minWords } = z.strictObject({ minWords: z.int() }).parse(settings);
      return defineCheck({
        id: 'document.long-enough',
        version: String(minWords),
        reads: draftFacts,
        message: 'It is too short.',
        remedy: 'Write more.',
        evaluate: ({ artifacts }) => artifacts.draft.text.split(' ').length >= minWords,
      });
    },
    'document.review-passed': () => always('document.review-passed'),
    'document.published-as-approved': () => always('document.published-as-approved'),
    'document.approvers-differ': () => always('document.approvers-differ'),
    'document.countersigned': () => always('document.countersigned'),
  },
};

const templates = [documentApproval, twoPersonApproval];

const Instance = z.object({ plan: z.record(z.string(), z.json()) });

async function planOf(
  plugin: PluginPackage,
  parameters: Record<string, string | number>,
): Promise<Record<string, unknown>> {
  await using run = await openConformanceRun(plugin, { others: templates });
  return Instance.parse(await run.call('instantiate', { parameters })).plan;
}

const PARAMETERS = { document: 'travel-policy', approverRole: 'head-of-finance' };

test('a template becomes a workflow that runs, and stops at the gate that its parameters set', async () => {
  const plan = await planOf(documentApproval, { ...PARAMETERS, minWords: 3, maxDrafts: 2 });
  const workflow = workflowFrom(plan, catalogue);
  expect(workflow.id).toBe('travel-policy-approval');
  const graph = compileWorkflow(workflow, {
    checkpointer: new MemorySaver(),
  });
  const config = { configurable: { thread_id: 't' } };
  // Two words are too few: the draft is tried again, as often as the parameters say, and then the run is blocked.
  const state = await graph.invoke({ input: { topic: 'trains' } }, config);
  expect(state.run?.status).toBe('blocked');
  expect(state.artifacts['draft']?.value).toEqual({ document: 'travel-policy', text: 'On trains' });
});

test('a template that extends another has its phases, with its own between them', async () => {
  const plan = await planOf(twoPersonApproval, { ...PARAMETERS, secondRole: 'legal' });
  const workflow = workflowFrom(plan, catalogue);
  expect(workflow.phases.map(({ id }) => id)).toEqual([
    'draft',
    'review',
    'countersign',
    'publish',
  ]);
  expect(
    workflow.transitions.map(({ from, to, gate }) => [from, to, gate.approval?.roles]),
  ).toEqual([
    ['draft', 'review', undefined],
    ['publish', 'completed', undefined],
    ['review', 'countersign', ['head-of-finance']],
    ['countersign', 'publish', ['legal']],
  ]);
});

test('another phase or member to approve makes another gate', async () => {
  const plan = await planOf(documentApproval, PARAMETERS);
  const gateOf = (approval: object): string | undefined => {
    const transitions = (plan['transitions'] as { approval?: object }[]).map((transition) =>
      transition.approval === undefined
        ? transition
        : { ...transition, approval: { ...transition.approval, ...approval } },
    );
    return workflowFrom({ ...plan, transitions }, catalogue).transitions[1]?.gate.digest;
  };
  const digests = [gateOf({}), gateOf({ phase: 'review' }), gateOf({ member: 'text' })];
  expect(new Set(digests).size).toBe(3);
  expect(gateOf({})).toBe(digests[0]);
});

test.each([
  ['an agent that is not in the catalogue', { phases: [{ id: 'draft', agent: 'unknown' }] }],
  ['a name that only a prototype has', { phases: [{ id: 'draft', agent: 'constructor' }] }],
  ['no phases', { phases: [] }],
  ['a key that plans do not have', { more: 1 }],
])('refuses a plan with %s', async (_what, change) => {
  const plan = await planOf(documentApproval, PARAMETERS);
  expect(() => workflowFrom({ ...plan, ...change }, catalogue)).toThrow(
    expect.objectContaining({ code: 'WORKFLOW_INVALID_DEFINITION' }),
  );
});

test.each<[string, Record<string, string | number>]>([
  ['a parameter is missing', { document: 'x' }],
  ['a parameter is of another type', { ...PARAMETERS, minWords: 'many' }],
  ['a parameter is not described', { ...PARAMETERS, surprise: 1 }],
  ['a name is none', { ...PARAMETERS, document: 'Not A Name' }],
])('a template makes no plan when %s', async (_what, parameters) => {
  await expect(planOf(documentApproval, parameters)).rejects.toMatchObject({
    code: 'PLUGINS_SCHEMA_MISMATCH',
  });
});

test('what a parameter says is not filled in again', async () => {
  const role = '{{document}}';
  const plan = await planOf(documentApproval, { ...PARAMETERS, approverRole: role });
  expect(JSON.stringify(plan)).toContain(`"roles":["${role}"]`);
});

test('a version that is not the active one is refused', async () => {
  await using run = await openConformanceRun(documentApproval);
  const order = { parameters: PARAMETERS, version: '0.9.0' };
  await expect(run.call('instantiate', order)).rejects.toMatchObject({
    code: 'PLUGINS_INVALID_TEMPLATE',
  });
});
