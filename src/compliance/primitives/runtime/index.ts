export { budgetLimits } from './budget-limits.ts';
export { errorSafe } from './error-safe.ts';
export { inputValid } from './input-valid.ts';
export { reconTotals } from './recon-totals.ts';
export { taintSideeffect } from './taint-sideeffect.ts';
