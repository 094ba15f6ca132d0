import { expect, test } from 'vitest';
import { z } from 'zod';

import { defineCheck, defineGate } from '../../validation/index.ts';
import { compileWorkflow, defineAgent, definePhase, defineWorkflow } from '../index.ts';

const Brief = z.strictObject({ text: z.string() });

/** Two runs from the same input, between which a switch outside of the facts is thrown. */
async function statusesAroundSwitch(pure?: boolean): Promise<readonly unknown[]> {
  let isOn = true;
  const agent = defineAgent({
    id: 'echo',
    input: Brief,
    artifact: Brief,
    reads: {},
    simulated: ({ input }) => input,
  });
  const check = defineCheck({
    id: 'switch.on',
    reads: z.object({ input: Brief }),
    message: 'Switched off.',
    remedy: 'Switch it on.',
    evaluate: () => isOn,
    ...(pure === undefined ? {} : { pure }),
  });
  const workflow = defineWorkflow({
    id: 'switched',
    input: Brief,
    phases: [definePhase({ id: 'echo', agent })],
    transitions: [{ from: 'echo', to: 'completed', gate: defineGate({ checks: [check] }) }],
  });
  const graph = compileWorkflow(workflow);
  const run = async () => (await graph.invoke({ input: { text: 'a' } })).run?.status;
  const before = await run();
  isOn = false;
  return [before, await run()];
}

test('a check that says it is not pure is asked anew at every judgement', async () => {
  expect(await statusesAroundSwitch(false)).toEqual(['completed', 'blocked']);
});

test('the answer of every other check is kept for equal facts', async () => {
  expect(await statusesAroundSwitch()).toEqual(['completed', 'completed']);
});
