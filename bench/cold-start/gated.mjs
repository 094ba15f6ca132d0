import { MemorySaver } from '@langchain/langgraph';
import { defineCheck, defineGate } from 'phasegate/validation';
import { compileWorkflow, defineAgent, definePhase, defineWorkflow } from 'phasegate/workflow';
import { z } from 'zod';

import { Brief, listFor, Listing, PHASES } from './work.mjs';

const phases = PHASES.map((id) => {
  const simulated = ({ input }) => listFor(id, input);
  return definePhase({
    id,
    agent: defineAgent({ id, input: Brief, artifact: Listing, reads: {}, simulated }),
  });
});
const transitions = PHASES.map((from, index) => {
  const filled = defineCheck({
    id: `${from}.filled`,
    reads: z.object({ artifacts: z.object({ [from]: Listing }) }),
    message: 'The list is empty.',
    remedy: 'Fill it.',
    evaluate: ({ artifacts }) => artifacts[from].items.length > 0,
  });
  return { from, to: PHASES[index + 1] ?? 'completed', gate: defineGate({ checks: [filled] }) };
});
const workflow = defineWorkflow({ id: 'cold-start', input: Brief, phases, transitions });
const compiled = compileWorkflow(workflow, { checkpointer: new MemorySaver() });
const config = { configurable: { thread_id: 'one' } };
const { run } = await compiled.invoke({ input: { text: 'a short brief' } }, config);
process.exitCode = run.status === 'completed' ? 0 : 1;
