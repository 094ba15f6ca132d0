export { isPhasegateError, PhasegateError } from './kernel/index.ts';
export {
  askOn,
  auditOn,
  defineCheck,
  defineGate,
  denyOn,
  fail,
  pass,
  reviseOn,
  undetermined,
  warnOn,
} from './validation/index.ts';
export { defineAgent } from './workflow/index.ts';
