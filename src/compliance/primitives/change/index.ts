export { changeApproved } from './change-approved.ts';
export { changeTested } from './change-tested.ts';
export { configBaseline } from './config-baseline.ts';
export { envSeparate } from './env-separate.ts';
export { integritySoftware } from './integrity-software.ts';
