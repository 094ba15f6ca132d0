import { Command, MemorySaver } from '@langchain/langgraph';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { EntryBody, type AuditEvent, type AuditSink } from '../../audit/index.ts';
import type { Principal } from '../../state/index.ts';
import { defineCheck, defineGate } from '../../validation/index.ts';
import { compileWorkflow, defineAgent, definePhase, defineWorkflow } from '../index.ts';

const Note = z.strictObject({ text: z.string() });
const ask = defineAgent({
  id: 'asker',
  input: Note,
  artifact: Note,
  reads: {},
  simulated: ({ input }, { decide }) =>
    decide({ action: 'approve-note', description: '', subject: input, schema: Note }).subject,
});
const written = defineCheck({
  id: 'note.written',
  reads: z.object({ artifacts: z.object({ ask: Note }) }),
  message: 'Empty.',
  remedy: 'Write.',
  evaluate: ({ artifacts }) => artifacts.ask.text !== '',
});
const workflow = defineWorkflow({
  id: 'notes',
  input: Note,
  phases: [definePhase({ id: 'ask', agent: ask })],
  transitions: [{ from: 'ask', to: 'completed', gate: defineGate({ checks: [written] }) }],
});

const person = (id: string): Principal => ({
  id,
  kind: 'person',
  roles: [],
  authenticated: true,
  source: 'test',
});
const config = { configurable: { thread_id: 't' } };

const parsed = EntryBody.shape.event;

/** A trail that can be asked what it was told, and that keeps the names that `conceals` means unreadable. */
function trailOf(conceals = ''): { readonly sink: AuditSink; readonly events: AuditEvent[] } {
  const events: AuditEvent[] = [];
  const sink: AuditSink = {
    append: async (event) => {
      const id = event.actor.id === conceals ? 'concealed/1:00:x' : event.actor.id;
      const told = { ...event, actor: { ...event.actor, id } };
      const known = events.findIndex((one) => JSON.stringify(one) === JSON.stringify(told));
      if (known < 0) events.push(told);
      return { chain: 'main/1', seq: known, hash: '', repeated: known >= 0 };
    },
    recall: async () => events.map((event) => parsed.parse(structuredClone(event))),
  };
  return { sink, events };
}

/** Begins a run whose first phase asks, and answers as somebody else. */
async function begunAndAnswered(sink: AuditSink): Promise<string | undefined> {
  let by = person('anna');
  const graph = compileWorkflow(workflow, {
    checkpointer: new MemorySaver(),
    identify: () => by,
    audit: sink,
  });
  await graph.invoke({ input: { text: 'a' } }, config);
  by = person('bo');
  const { run } = await graph.invoke(new Command({ resume: { decision: 'approve' } }), config);
  return run?.by?.id;
}

test('whoever answers the first phase of a run did not begin it', async () => {
  const { sink, events } = trailOf();
  expect(await begunAndAnswered(sink)).toBe('anna');
  const begun = events.filter(({ kind }) => kind === 'run-started');
  expect(begun.map(({ actor }) => actor.id)).toEqual(['anna']);
  const approval = events.find(({ kind }) => kind === 'approval');
  expect(approval?.actor.id).toBe('bo');
  const left = events.find(({ kind }) => kind === 'phase-left');
  expect(left?.actor.onBehalfOf).toBe('anna');
});

test('where the name cannot be read any more, whoever answers counts as who began it, and so may not approve it', async () => {
  const { sink } = trailOf('anna');
  expect(await begunAndAnswered(sink)).toBe('bo');
});
