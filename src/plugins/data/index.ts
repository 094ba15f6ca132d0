export {
  applyDataPolicy,
  type DataAction,
  type DataDirection,
  type DataPlace,
  type DataPolicy,
  type DataRule,
} from './data-policy.ts';
