export { approvalHuman } from './approval-human.ts';
export { approvalQuorum } from './approval-quorum.ts';
export { decisionReview } from './decision-review.ts';
export { sodDistinct } from './sod-distinct.ts';
