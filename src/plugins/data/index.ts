export {
  applyDataPolicy,
  type DataAction,
  type DataDirection,
  type DataPolicy,
  type DataRule,
} from './data-policy.ts';
