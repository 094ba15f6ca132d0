// Back to where a person was asked: a thread's history, a fork, and another answer.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import type { RunnableConfig } from '@langchain/core/runnables';
import { Command, MemorySaver } from '@langchain/langgraph';
import { compileWorkflow, isPhasegateError } from 'phasegate';
import { emailCampaign } from 'phasegate/workflows';

const workflow = emailCampaign({ approvalValidForMs: 3_600_000, phaseTimeoutMs: 60_000 });
const graph = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
const thread = { configurable: { thread_id: 'spring' } };
const approve = new Command({ resume: { decision: 'approve' } });

const brief = await readFile(new URL('briefs/spring-offer.md', import.meta.url), 'utf8');
await graph.invoke({ input: { brief } }, thread);
const first = await graph.invoke(approve, thread);
assert.equal(first.run?.status, 'completed');

// Every step is kept, newest first.
let asked: RunnableConfig | undefined;
for await (const { next, createdAt, config } of graph.getStateHistory(thread)) {
  console.log(createdAt, next.join() || 'the end');
  if (next.includes('confirmation')) asked = config;
}
assert.ok(asked !== undefined);

// The question back there has its answer; another one is refused and changes nothing.
const late = new Command({ resume: { decision: 'reject', comment: 'Too long.' } });
await assert.rejects(graph.invoke(late, asked), (error) => {
  assert.ok(isPhasegateError(error));
  console.log(`\n${error.code}: ${error.message}`);
  return error.code === 'WORKFLOW_ALREADY_ANSWERED';
});

// A fork makes that state the head of the thread again, and asks anew. The old approval does not count in it.
await graph.updateState(asked, null, '__copy__');
await graph.invoke(null, thread);
const comment = 'Two emails are enough.';
await graph.invoke(new Command({ resume: { decision: 'reject', comment } }), thread);
const second = await graph.invoke(approve, thread);
assert.equal(second.run?.status, 'completed');

const count = (state: typeof first) => state.artifacts.strategy?.value.sequence.length;
console.log(`\nthe first plan: ${count(first)} emails; after "${comment}": ${count(second)}`);
assert.notEqual(count(first), count(second));
