export { approvalQuorum } from './approval-quorum.ts';
export { sodDistinct } from './sod-distinct.ts';
