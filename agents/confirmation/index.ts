export { Confirmation } from './artifact.ts';
export { decisionMade, strategyApproved } from './checks.ts';
export { cleanComment } from './clean-comment.ts';
export type { ConfirmationReads, ConfirmationTask } from './confirm-strategy.ts';
export { confirmationAgent } from './confirmation-agent.ts';
export { describeStrategy, type Shown } from './describe-strategy.ts';
