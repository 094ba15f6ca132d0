export { describeReport } from './describe-report.ts';
export { toSarif } from './to-sarif.ts';
