// The email campaign from code: progress is streamed, a person approves the strategy, emails come out.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { MemorySaver } from '@langchain/langgraph';
import { compileWorkflow, driveRun, type RunEvent, type RunMessage } from 'phasegate';
import { Deliverable } from 'phasegate/agents';
import { emailCampaign } from 'phasegate/workflows';

const workflow = emailCampaign({ approvalValidForMs: 3_600_000, phaseTimeoutMs: 60_000 });
const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });

const show = (event: RunEvent): void => {
  if (event.type === 'phase-started') console.log(`... ${event.phase}`);
  if (event.type === 'gate-judged')
    console.log(`    gate ${event.verdict.from} -> ${event.verdict.to}: ${event.verdict.outcome}`);
  if (event.type === 'person-awaited') console.log(`    ${event.phase} waits for a person`);
};
// driveRun sends one message into a thread and follows its stream until the run ends or waits.
const send = (message: RunMessage) =>
  driveRun(graph, { workflow, thread: 'spring', message, onEvent: show });

const brief = await readFile(new URL('briefs/spring-offer.md', import.meta.url), 'utf8');
const waiting = await send({ kind: 'start', input: { brief } });
assert.equal(waiting.status, 'waiting');

const done = await send({ kind: 'answer', answer: { decision: 'approve', comment: 'Go ahead.' } });
assert.equal(done.status, 'completed');

const { emails } = Deliverable.parse(done.artifacts['generation']);
console.log(`\n${emails.length} emails:`);
for (const { subject } of emails) console.log(`  ${subject}`);
assert.ok(emails.length > 0);
