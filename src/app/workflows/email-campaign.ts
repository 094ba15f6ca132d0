import type { z } from 'zod';

import {
  confirmationAgent,
  decisionMade,
  strategyApproved,
  type Confirmation,
} from '../../../agents/confirmation/index.ts';
import { deliverableChecks, generationAgent } from '../../../agents/generation/index.ts';
import {
  CampaignInput,
  requirementsAgent,
  requirementsComplete,
  requirementsConsistent,
  requirementsFreeOfIdentifiers,
  requirementsSourced,
} from '../../../agents/requirements/index.ts';
import {
  confirmedStrategyChecks,
  strategyAgent,
  strategyCoversSegments,
  strategyHonoursConstraints,
  strategySequenceOrdered,
  strategyTraced,
  strategyWithinDeadlines,
} from '../../../agents/strategy/index.ts';
import { askOn, defineGate, reviseOn } from '../../validation/index.ts';
import { definePhase, defineWorkflow } from '../../workflow/index.ts';
import { DEFAULT_SETTINGS, type WorkflowSettings } from './workflow-settings.ts';

/** Facts that the approval's subject is taken from. */
interface Confirmed {
  readonly artifacts: { readonly confirmation: z.output<typeof Confirmation> };
}

const requirementsGate = defineGate({
  checks: [
    askOn(requirementsComplete),
    askOn(requirementsConsistent),
    requirementsSourced,
    requirementsFreeOfIdentifiers,
  ],
});

const strategyGate = defineGate({
  checks: [
    reviseOn(strategyTraced, 'strategy'),
    reviseOn(strategyCoversSegments, 'strategy'),
    reviseOn(strategyWithinDeadlines, 'strategy'),
    reviseOn(strategyHonoursConstraints, 'strategy'),
    reviseOn(strategySequenceOrdered, 'strategy'),
  ],
});

/** A rejection goes back into the strategy; a missing decision, or an edit that does not hold, to the person. */
const confirmationChecks = [
  reviseOn(decisionMade, 'confirmation'),
  reviseOn(strategyApproved, 'strategy'),
  ...Object.values(confirmedStrategyChecks).map((check) => reviseOn(check, 'confirmation')),
];

const generationGate = defineGate({
  checks: deliverableChecks.map((check) => reviseOn(check, 'generation')),
});

/**
 * Describes the workflow that turns a brief into a campaign of emails: requirements are found and asked for, a strategy is
 * planned, a person confirms it, emails are written, and every move between the four is decided by a gate.
 *
 * @param settings - For how long an approval holds (seven days unless told) and how long a phase may take (five minutes).
 */
// The types of the four artifacts are inferred from the phases; writing them again would only be able to be wrong.
// oxlint-disable-next-line typescript/explicit-module-boundary-types
export function emailCampaign({
  approvalValidForMs = DEFAULT_SETTINGS.approvalValidForMs,
  phaseTimeoutMs: timeoutMs = DEFAULT_SETTINGS.phaseTimeoutMs,
}: Partial<WorkflowSettings> = {}) {
  const approval = {
    subject: ({ artifacts }: Confirmed) => artifacts.confirmation.strategy,
    roles: [],
    validForMs: approvalValidForMs,
  };
  return defineWorkflow({
    id: 'email-campaign',
    title: 'Email campaign',
    input: CampaignInput,
    phases: [
      definePhase({ id: 'requirements', agent: requirementsAgent, maxAttempts: 6, timeoutMs }),
      definePhase({ id: 'strategy', agent: strategyAgent, maxAttempts: 10, timeoutMs }),
      definePhase({ id: 'confirmation', agent: confirmationAgent, maxAttempts: 10 }),
      definePhase({ id: 'generation', agent: generationAgent, maxAttempts: 3, timeoutMs }),
    ],
    transitions: [
      {
        from: 'requirements',
        to: 'strategy',
        name: 'complete and sourced',
        gate: requirementsGate,
      },
      { from: 'strategy', to: 'confirmation', name: 'traced and on time', gate: strategyGate },
      {
        from: 'confirmation',
        to: 'generation',
        name: 'approved by a person',
        gate: defineGate({ checks: confirmationChecks, approval }),
      },
      { from: 'generation', to: 'completed', name: 'every claim traceable', gate: generationGate },
    ],
  });
}
