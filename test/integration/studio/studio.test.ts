import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startStudio, type Studio } from './start-studio.ts';
import { StudioClient } from './studio-client.ts';

let studio: Studio;
let letters: StudioClient;

beforeAll(async () => {
  studio = await startStudio({
    graphs: { letters: './test/integration/studio/letters-graph.ts:graph' },
  });
  letters = new StudioClient(studio.url, 'letters');
});

afterAll(async () => {
  await studio[Symbol.asyncDispose]();
});

describe('what the server shows of a graph', () => {
  test('an assistant of its own for each graph', async () => {
    const found = await letters.sdk.assistants.search({ metadata: { created_by: 'system' } });
    expect(found.map(({ graph_id: id }) => id).toSorted()).toEqual([
      'email-campaign',
      'letters',
      'payment-approval',
    ]);
  });

  test('an input schema from which Studio can make a form for the brief', async () => {
    const schemas = await letters.sdk.assistants.getSchemas('email-campaign');
    expect(schemas.input_schema).toMatchObject({
      title: 'Email campaign',
      properties: { input: { properties: { brief: { type: 'string' } }, required: ['brief'] } },
      required: ['input'],
      additionalProperties: false,
    });
  });

  test('a state schema that knows the artifact of each phase', async () => {
    const { state_schema: schema } = await letters.sdk.assistants.getSchemas('letters');
    expect(schema).toMatchObject({
      properties: {
        artifacts: {
          properties: { plan: { properties: { value: { properties: { steps: {} } } } } },
        },
        history: { type: 'array' },
      },
    });
  });

  test('a drawing of the phases and their guarded transitions, and nothing else', async () => {
    const { nodes, edges } = await letters.sdk.assistants.getGraph('email-campaign');
    expect(nodes.map(({ id }) => id)).toEqual([
      '__start__',
      'requirements',
      'strategy',
      'confirmation',
      'generation',
      'completed',
      'blocked',
      '__end__',
    ]);
    const lines = edges.map(({ source, target, data, conditional }) =>
      [source, conditional === true ? `(${String(data)})` : '', target].filter(Boolean).join(' '),
    );
    expect(lines).toEqual([
      '__start__ requirements',
      'requirements (complete and sourced) strategy',
      'requirements (again) requirements',
      'requirements (deny) blocked',
      'strategy (traced and on time) confirmation',
      'strategy (again) strategy',
      'strategy (deny) blocked',
      'confirmation (approved by a person) generation',
      'confirmation (again) confirmation',
      'confirmation (revise) strategy',
      'confirmation (deny) blocked',
      'generation (every claim traceable) completed',
      'generation (again) generation',
      'generation (deny) blocked',
      'completed __end__',
      'blocked __end__',
    ]);
  });
});

describe('a run', () => {
  test('streams values, updates and progress, and waits with a payload that each client can show', async () => {
    const thread = await letters.thread();
    const { events, error } = await letters.run(thread, {
      input: { input: { text: 'to Ada with thanks' } },
      streamMode: ['values', 'updates', 'custom', 'messages'],
    });
    expect(error).toBeUndefined();
    expect(new Set(events.map(({ event }) => event))).toEqual(
      new Set(['metadata', 'values', 'updates', 'custom']),
    );
    expect(events).toContainEqual({ event: 'custom', data: { phase: 'plan', planned: 4 } });
    const standing = await letters.standing(thread);
    expect(standing).toMatchObject({ next: ['confirm'], phases: ['notes', 'plan'] });
    const args = { steps: ['to', 'Ada', 'with', 'thanks'], urgent: false };
    expect(standing.asked).toEqual([
      expect.objectContaining({
        action_request: { action: 'approve-plan', args },
        config: { allow_ignore: true, allow_respond: true, allow_edit: true, allow_accept: true },
        description: '# The plan',
        action_requests: [
          { name: 'approve-plan', args, arguments: args, description: '# The plan' },
        ],
        review_configs: [expect.objectContaining({ action_name: 'approve-plan' })],
        actionRequests: [expect.objectContaining({ name: 'approve-plan' })],
        reviewConfigs: [expect.objectContaining({ actionName: 'approve-plan' })],
      }),
    ]);
  });

  const args = { steps: ['call'], urgent: true };
  const asText = { steps: '["call"]', urgent: 'true' };

  test.concurrent.each([
    ['Agent Inbox accepts', [{ type: 'accept', args: null }]],
    ['Studio accepts', { type: 'accept', args: null }],
    ['Agent Chat UI approves', { decisions: [{ type: 'approve' }] }],
    ['our own client approves', { decision: 'approve', comment: 'Good.' }],
  ])('goes on when %s', async (_, resume) => {
    const thread = await letters.waiting();
    await letters.answer(thread, resume);
    const { status, artifacts, approvals } = await letters.standing(thread);
    expect(status).toBe('completed');
    expect(artifacts['write']).toEqual({ body: 'to, Ada, with, thanks' });
    expect(approvals.map(({ by }) => by)).toEqual([
      { id: 'unauthenticated', kind: 'unknown', roles: [], authenticated: false, source: 'none' },
    ]);
  });

  test.concurrent.each([
    ['Agent Inbox', [{ type: 'edit', args: { action: 'approve-plan', args: asText } }]],
    [
      'Agent Chat UI',
      { decisions: [{ type: 'edit', edited_action: { name: 'approve-plan', args } }] },
    ],
    [
      'the middleware',
      { decisions: [{ type: 'edit', editedAction: { name: 'approve-plan', args } }] },
    ],
    ['our own client', { decision: 'edit', subject: args }],
  ])('goes on with what %s made of the plan', async (_, resume) => {
    const thread = await letters.waiting();
    await letters.answer(thread, resume);
    const { status, artifacts } = await letters.standing(thread);
    expect(status).toBe('completed');
    expect(artifacts['confirm']).toMatchObject({ decision: 'edited', plan: args });
    expect(artifacts['write']).toEqual({ body: 'call' });
  });

  test.concurrent.each([
    ['a response', [{ type: 'response', args: 'Shorter.' }], 'Not agreed: Shorter.'],
    ['a rejection', { decisions: [{ type: 'reject', message: 'No.' }] }, 'Not agreed: No.'],
    ['our own rejection', { decision: 'reject', comment: 'No.' }, 'Not agreed: No.'],
    ['a question put aside', [{ type: 'ignore', args: null }], 'Not agreed:'],
    ['an answer that no client sends', 'yes', 'not recognised'],
    [
      'two decisions at once',
      { decisions: [{ type: 'approve' }, { type: 'approve' }] },
      'not recognised',
    ],
    ['an edit that does not fit', { decision: 'edit', subject: { steps: 1 } }, 'does not fit'],
  ])('takes %s back into the plan, and asks again', async (_, resume, reason) => {
    const thread = await letters.waiting();
    await letters.answer(thread, resume);
    const { next, phases, artifacts, approvals } = await letters.standing(thread);
    expect(next).toEqual(['confirm']);
    expect(phases).toEqual(['notes', 'plan', 'confirm', 'plan']);
    expect(JSON.stringify(artifacts['plan'])).toContain(reason);
    expect(approvals).toEqual([]);
  });

  test.concurrent.each([
    [
      'Agent Inbox edits',
      [{ type: 'edit', args: { action: 'answer-questions', args: { name: 'Ada' } } }],
    ],
    ['Agent Inbox responds', [{ type: 'response', args: 'Ada' }]],
    [
      'Agent Chat UI edits',
      {
        decisions: [
          { type: 'edit', edited_action: { name: 'answer-questions', args: { name: 'Ada' } } },
        ],
      },
    ],
    ['our own client answers', { answers: { name: 'Ada' } }],
  ])('asks what it does not know, and goes on when %s', async (_, resume) => {
    const thread = await letters.thread();
    await letters.run(thread, { input: { input: { text: 'thanks' } } });
    const before = await letters.standing(thread);
    expect(before).toMatchObject({
      next: ['notes'],
      asked: [{ phasegate: { kind: 'questions', questions: [{ id: 'name' }] } }],
    });
    await letters.answer(thread, resume);
    const after = await letters.standing(thread);
    expect(after.next).toEqual(['confirm']);
    expect(after.artifacts['notes']).toEqual({ words: ['thanks'], name: 'Ada' });
  });
});

describe('time travel', () => {
  /** The checkpoint at which the approval was asked for, on a thread that has completed since. */
  async function answered(): Promise<{ readonly thread: string; readonly checkpointId: string }> {
    const thread = await letters.waiting();
    await letters.answer(thread, { decision: 'approve' });
    const past = await letters.sdk.threads.getHistory(thread, { limit: 50 });
    expect(past.slice(-4).map(({ next }) => next.join())).toEqual([
      'confirm',
      'plan',
      'notes',
      '__start__',
    ]);
    const asked = past.find(({ next }) => next.includes('confirm'));
    return { thread, checkpointId: asked?.checkpoint.checkpoint_id ?? '' };
  }

  test('refuses an answer where one was given', async () => {
    const { thread, checkpointId } = await answered();
    const again = await letters.run(thread, {
      command: { resume: { decision: 'reject' } },
      checkpointId,
    });
    expect(again.error).toMatch(/was answered before/);
    expect(await letters.standing(thread)).toMatchObject({ status: 'completed' });
  });

  test('asks again in a fork, and goes on with the new answer', async () => {
    const { thread, checkpointId } = await answered();
    await letters.sdk.threads.updateState(thread, {
      values: null,
      checkpointId,
      asNode: '__copy__',
    });
    await letters.run(thread, { input: null });
    expect(await letters.standing(thread)).toMatchObject({ next: ['confirm'], approvals: [] });
    await letters.answer(thread, { decision: 'edit', subject: { steps: ['wait'], urgent: false } });
    const end = await letters.standing(thread);
    expect(end.status).toBe('completed');
    expect(end.artifacts['write']).toEqual({ body: 'wait' });
  });
});

test('the server finds nothing to change in our .gitignore', async () => {
  const ours = await readFile(new URL('../../../.gitignore', import.meta.url), 'utf8');
  expect(await readFile(join(studio.folder, '.gitignore'), 'utf8')).toBe(ours);
});

test('the campaign goes from a brief to emails through the server', async () => {
  const campaign = new StudioClient(studio.url, 'email-campaign');
  const brief = await readFile(
    new URL('../../../examples/briefs/spring-offer.md', import.meta.url),
    'utf8',
  );
  const thread = await campaign.thread();
  await campaign.run(thread, { input: { input: { brief } } });
  expect(await campaign.standing(thread)).toMatchObject({
    next: ['confirmation'],
    asked: [{ action_request: {}, description: expect.stringContaining('#') }],
  });
  await campaign.answer(thread, [{ type: 'accept', args: null }]);
  const end = await campaign.standing(thread);
  expect(end.status).toBe('completed');
  expect(end.artifacts['generation']).toHaveProperty('emails');
});
