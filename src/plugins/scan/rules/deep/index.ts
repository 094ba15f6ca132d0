export { isRunaway, runawayPattern } from './runaway-pattern.ts';
export { secondOpinion } from './second-opinion.ts';
