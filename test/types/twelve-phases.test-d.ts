import { z } from 'zod';

import { defineCheck, defineGate } from '../../src/validation/index.ts';
import {
  compileWorkflow,
  defineAgent,
  definePhase,
  defineWorkflow,
} from '../../src/workflow/index.ts';

// Compiled only: twelve phases, each reading the one before, neither tire the compiler nor lose a type.

const Brief = z.strictObject({ text: z.string() });
const open = defineGate({
  checks: [
    defineCheck({
      id: 'open',
      reads: z.object({ input: Brief }),
      message: 'No.',
      remedy: 'Mend.',
      evaluate: ({ input }) => input.text !== '',
    }),
  ],
});

const Artifact1 = z.strictObject({
  made1: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step1 = definePhase({
  id: 'step1',
  agent: defineAgent({
    id: 'step1',
    input: Brief,
    artifact: Artifact1,
    reads: {},
    simulated: ({ input }) => ({ made1: [{ text: input.text, at: 1 }] }),
  }),
});
const Artifact2 = z.strictObject({
  made2: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step2 = definePhase({
  id: 'step2',
  agent: defineAgent({
    id: 'step2',
    input: Brief,
    artifact: Artifact2,
    reads: { step1: Artifact1 },
    simulated: ({ artifacts }) => ({ made2: artifacts.step1.made1 }),
  }),
});
const Artifact3 = z.strictObject({
  made3: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step3 = definePhase({
  id: 'step3',
  agent: defineAgent({
    id: 'step3',
    input: Brief,
    artifact: Artifact3,
    reads: { step2: Artifact2 },
    simulated: ({ artifacts }) => ({ made3: artifacts.step2.made2 }),
  }),
});
const Artifact4 = z.strictObject({
  made4: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step4 = definePhase({
  id: 'step4',
  agent: defineAgent({
    id: 'step4',
    input: Brief,
    artifact: Artifact4,
    reads: { step3: Artifact3 },
    simulated: ({ artifacts }) => ({ made4: artifacts.step3.made3 }),
  }),
});
const Artifact5 = z.strictObject({
  made5: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step5 = definePhase({
  id: 'step5',
  agent: defineAgent({
    id: 'step5',
    input: Brief,
    artifact: Artifact5,
    reads: { step4: Artifact4 },
    simulated: ({ artifacts }) => ({ made5: artifacts.step4.made4 }),
  }),
});
const Artifact6 = z.strictObject({
  made6: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step6 = definePhase({
  id: 'step6',
  agent: defineAgent({
    id: 'step6',
    input: Brief,
    artifact: Artifact6,
    reads: { step5: Artifact5 },
    simulated: ({ artifacts }) => ({ made6: artifacts.step5.made5 }),
  }),
});
const Artifact7 = z.strictObject({
  made7: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step7 = definePhase({
  id: 'step7',
  agent: defineAgent({
    id: 'step7',
    input: Brief,
    artifact: Artifact7,
    reads: { step6: Artifact6 },
    simulated: ({ artifacts }) => ({ made7: artifacts.step6.made6 }),
  }),
});
const Artifact8 = z.strictObject({
  made8: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step8 = definePhase({
  id: 'step8',
  agent: defineAgent({
    id: 'step8',
    input: Brief,
    artifact: Artifact8,
    reads: { step7: Artifact7 },
    simulated: ({ artifacts }) => ({ made8: artifacts.step7.made7 }),
  }),
});
const Artifact9 = z.strictObject({
  made9: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step9 = definePhase({
  id: 'step9',
  agent: defineAgent({
    id: 'step9',
    input: Brief,
    artifact: Artifact9,
    reads: { step8: Artifact8 },
    simulated: ({ artifacts }) => ({ made9: artifacts.step8.made8 }),
  }),
});
const Artifact10 = z.strictObject({
  made10: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step10 = definePhase({
  id: 'step10',
  agent: defineAgent({
    id: 'step10',
    input: Brief,
    artifact: Artifact10,
    reads: { step9: Artifact9 },
    simulated: ({ artifacts }) => ({ made10: artifacts.step9.made9 }),
  }),
});
const Artifact11 = z.strictObject({
  made11: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step11 = definePhase({
  id: 'step11',
  agent: defineAgent({
    id: 'step11',
    input: Brief,
    artifact: Artifact11,
    reads: { step10: Artifact10 },
    simulated: ({ artifacts }) => ({ made11: artifacts.step10.made10 }),
  }),
});
const Artifact12 = z.strictObject({
  made12: z.array(z.strictObject({ text: z.string(), at: z.number() })),
});
const step12 = definePhase({
  id: 'step12',
  agent: defineAgent({
    id: 'step12',
    input: Brief,
    artifact: Artifact12,
    reads: { step11: Artifact11 },
    simulated: ({ artifacts }) => ({ made12: artifacts.step11.made11 }),
  }),
});

const workflow = defineWorkflow({
  id: 'twelve',
  input: Brief,
  phases: [step1, step2, step3, step4, step5, step6, step7, step8, step9, step10, step11, step12],
  transitions: [
    { from: 'step1', to: 'step2', gate: open },
    { from: 'step2', to: 'step3', gate: open },
    { from: 'step3', to: 'step4', gate: open },
    { from: 'step4', to: 'step5', gate: open },
    { from: 'step5', to: 'step6', gate: open },
    { from: 'step6', to: 'step7', gate: open },
    { from: 'step7', to: 'step8', gate: open },
    { from: 'step8', to: 'step9', gate: open },
    { from: 'step9', to: 'step10', gate: open },
    { from: 'step10', to: 'step11', gate: open },
    { from: 'step11', to: 'step12', gate: open },
    { from: 'step12', to: 'completed', gate: open },
  ],
});

export async function last(): Promise<number | undefined> {
  const { artifacts } = await compileWorkflow(workflow).invoke({ input: { text: 'a' } });
  // @ts-expect-error -- The twelfth phase made something else.
  void artifacts.step12?.value.made11;
  return artifacts.step12?.value.made12[0]?.at;
}
