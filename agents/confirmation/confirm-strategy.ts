import type { AgentContext, AgentTask } from '../../src/workflow/index.ts';
import type { CampaignInput, Requirements } from '../requirements/artifact.ts';
import { Strategy } from '../strategy/artifact.ts';
import type { Confirmation } from './artifact.ts';
import { cleanComment } from './clean-comment.ts';
import { describeStrategy } from './describe-strategy.ts';

/** The artifacts that the confirmation agent reads. */
export interface ConfirmationReads {
  readonly requirements: Requirements;
  readonly strategy: Strategy;
}

/** What the confirmation agent is given. */
export type ConfirmationTask = AgentTask<CampaignInput, ConfirmationReads, Confirmation>;

/**
 * Shows the strategy to a person, waits for the decision, and records it.
 * When a person's edit was refused by the gate, the edit is shown again, so that the work in it is not lost.
 */
export function confirmStrategy(
  task: ConfirmationTask,
  context: Pick<AgentContext, 'decide'>,
): Confirmation {
  const { requirements, strategy: planned } = task.artifacts;
  const { previous, revision } = task;
  const editRefused = revision !== undefined && previous?.decision === 'edited';
  const strategy = editRefused ? previous.strategy : planned;
  const decision = context.decide({
    action: 'approve-strategy',
    description: describeStrategy({
      requirements,
      strategy,
      previous,
      reasons: revision?.reasons ?? [],
    }),
    subject: strategy,
    schema: Strategy,
  });
  return {
    decision: decision.kind,
    strategy: decision.subject,
    comment: cleanComment(decision.comment),
    decidedBy: decision.by.id,
    decidedAt: decision.at,
  };
}
