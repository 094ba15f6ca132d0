import { z } from 'zod';

import { defineCheck, defineGate } from '../../src/validation/index.ts';
import {
  defineAgent,
  definePhase,
  defineWorkflow,
  type DecisionRequest,
} from '../../src/workflow/index.ts';

const ITEMS = 50;
const AN_HOUR_MS = 3_600_000;

const Brief = z.object({ text: z.string() });
const Listing = z.object({ items: z.array(z.string()), total: z.number() });
type Listing = z.infer<typeof Listing>;

/** What a run of {@link tinyWorkflow} begins with. */
export const TINY_INPUT = { text: 'a short brief' };

/**
 * Four phases that do next to nothing, so that what is measured is the framework: each makes a list of 50 texts
 * (1.6 KB as JSON), the third asks a person, and each gate has one check that reads the list.
 */
// The types of the artifacts are inferred from the phases.
// oxlint-disable-next-line typescript/explicit-module-boundary-types
export function tinyWorkflow() {
  return defineWorkflow({
    id: 'tiny',
    input: Brief,
    phases: [
      definePhase({ id: 'gather', agent: lister('gather') }),
      definePhase({ id: 'plan', agent: lister('plan') }),
      definePhase({ id: 'confirm', agent: confirmer(), maxAttempts: 3 }),
      definePhase({ id: 'write', agent: lister('write') }),
    ],
    transitions: [
      { from: 'gather', to: 'plan', gate: defineGate({ checks: [filled('gather')] }) },
      { from: 'plan', to: 'confirm', gate: defineGate({ checks: [filled('plan')] }) },
      {
        from: 'confirm',
        to: 'write',
        gate: defineGate({
          checks: [filled('confirm')],
          approval: {
            subject: (facts: { artifacts: { confirm: Listing } }) => facts.artifacts.confirm,
            roles: [],
            validForMs: AN_HOUR_MS,
          },
        }),
      },
      { from: 'write', to: 'completed', gate: defineGate({ checks: [filled('write')] }) },
    ],
  });
}

function lister(id: string) {
  return defineAgent({
    id,
    input: Brief,
    artifact: Listing,
    reads: {},
    simulated: ({ input }) => listOf(input.text, id),
  });
}

function confirmer() {
  return defineAgent({
    id: 'confirm',
    input: Brief,
    artifact: Listing,
    reads: {},
    simulated: ({ input }, { decide }) => {
      const request: DecisionRequest<Listing> = {
        action: 'confirm-list',
        description: 'Is this the right list?',
        subject: listOf(input.text, 'confirm'),
        schema: Listing,
      };
      return decide(request).subject;
    },
  });
}

function listOf(text: string, phase: string): Listing {
  const items = Array.from({ length: ITEMS }, (_, index) => `${text}, ${phase} ${index}`);
  return { items, total: items.length };
}

/** A check that reads the artifact of one phase whole. */
function filled<const Phase extends string>(phase: Phase) {
  return defineCheck({
    id: `${phase}.filled`,
    reads: z.object({ artifacts: z.object({ [phase]: Listing }) }),
    message: 'The list is empty.',
    remedy: 'Fill it.',
    evaluate: ({ artifacts }: { artifacts: Record<string, Listing> }) =>
      (artifacts[phase]?.total ?? 0) > 0,
  });
}
