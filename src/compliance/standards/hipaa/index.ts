export { hipaaStandard } from './pack.ts';
