import { z } from 'zod';

import type { App } from '../../../src/app/index.ts';
import { graphFor } from '../../../src/app/index.ts';
import { digestOf } from '../../../src/kernel/index.ts';
import type { Principal } from '../../../src/state/index.ts';
import { defineCheck, defineGate } from '../../../src/validation/index.ts';
import { defineAgent, definePhase, defineWorkflow } from '../../../src/workflow/index.ts';

const sensitive = { sensitive: true, subject: 'person' };
const Brief = z.strictObject({
  person: z.string(),
  name: z.string().meta(sensitive),
  ssn: z.string().meta(sensitive),
  topic: z.string(),
});
const Letter = z.strictObject({
  person: z.string(),
  greeting: z.string().meta(sensitive),
  topic: z.string(),
});

const writer = defineAgent({
  id: 'writer',
  input: Brief,
  artifact: Letter,
  reads: {},
  simulated: ({ input }) => ({
    person: input.person,
    greeting: `Dear ${input.name} (${input.ssn})`,
    topic: input.topic,
  }),
});
const greets = defineCheck({
  id: 'letter.greets',
  reads: z.object({ artifacts: z.object({ write: Letter }) }),
  message: 'It greets nobody.',
  remedy: 'Greet.',
  evaluate: ({ artifacts }) => artifacts.write.greeting !== '',
});

/** A workflow whose input and artifact name a person. */
export const people = defineWorkflow({
  id: 'people',
  input: Brief,
  phases: [definePhase({ id: 'write', agent: writer })],
  transitions: [{ from: 'write', to: 'completed', gate: defineGate({ checks: [greets] }) }],
});

export const clerk: Principal = {
  id: 'clerk-1',
  kind: 'person',
  roles: [],
  authenticated: true,
  source: 'test',
};

/** Runs the workflow on a thread of an app. */
export async function writeLetter(
  app: App,
  thread: string,
  input: z.infer<typeof Brief>,
): Promise<void> {
  const graph = graphFor(app, people, { by: clerk });
  await using _lock = await app.storage.lockThread(thread, { owner: 'test' });
  await graph.invoke({ input }, { configurable: { thread_id: thread } });
  await app.storage.threads.upsert({
    thread,
    workflow: people.id,
    status: 'completed',
    phase: 'completed',
    inputDigest: digestOf({ thread }),
  });
}

/** What a thread says now. */
export async function letterOf(app: App, thread: string): Promise<unknown> {
  const graph = graphFor(app, people, { by: clerk });
  const { values } = await graph.getState({ configurable: { thread_id: thread } });
  return values.artifacts?.write?.value;
}
