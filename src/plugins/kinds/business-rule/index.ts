export { deadlines } from './built-in/deadlines.ts';
export { discountApproval } from './built-in/discount-approval.ts';
export { businessRuleKind } from './contract.ts';
export { defineDecisionTables, type DecisionTablesDefinition } from './define-decision-tables.ts';
