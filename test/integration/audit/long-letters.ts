import { z } from 'zod';

import { openEmbeddedAudit, type EmbeddedAudit } from '../../../src/audit/index.ts';
import { openEmbeddedStorage } from '../../../src/storage/index.ts';
import { defineCheck, defineGate } from '../../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../../src/workflow/index.ts';

export const Text = z.strictObject({ text: z.string() });
const isThere = defineCheck({
  id: 'there',
  reads: z.object({ input: Text }),
  message: 'Nothing is there.',
  remedy: 'Write something.',
  evaluate: ({ input }) => input.text !== '',
});
/** Lets every text pass but an empty one. */
export const gate = defineGate({ checks: [isThere] });

/** Opens a workflow of four phases on the store and the trail of a directory; `last` is called when the last one runs. */
export async function openLongLetters(directory: string, last: () => Promise<void>) {
  const agentOf = (id: string, before: () => Promise<void>) =>
    defineAgent({
      id,
      input: Text,
      artifact: Text,
      reads: {},
      simulated: async ({ input }) => {
        await before();
        return input;
      },
    });
  const copy = agentOf('copier', async () => undefined);
  const workflow = defineWorkflow({
    id: 'long-letters',
    input: Text,
    phases: ['a', 'b', 'c', 'd'].map((id) =>
      definePhase({ id, agent: id === 'd' ? agentOf('last', last) : copy }),
    ),
    transitions: [
      { from: 'a', to: 'b', gate },
      { from: 'b', to: 'c', gate },
      { from: 'c', to: 'd', gate },
      { from: 'd', to: 'completed', gate },
    ],
  });
  const audit: EmbeddedAudit = await openEmbeddedAudit({ directory });
  const storage = await openEmbeddedStorage({ directory });
  const { checkpointer } = storage;
  const sealKey = new Uint8Array(32).fill(7);
  const graph = compileWorkflow(workflow, { sealKey, audit: audit.log, checkpointer });
  return {
    graph,
    audit,
    [Symbol.asyncDispose]: async () => {
      await storage[Symbol.asyncDispose]();
      await audit[Symbol.asyncDispose]();
    },
  };
}
