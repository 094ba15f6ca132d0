export { ruleCheckOf } from './adapt.ts';
export { contactFrequency } from './built-in/contact-frequency.ts';
export { deadlines } from './built-in/deadlines.ts';
export { discountApproval } from './built-in/discount-approval.ts';
export { businessRuleKind } from './contract.ts';
export { defineRules, ruleOperations, type RulesDefinition } from './define-rules.ts';
export { hasRulesEntry, rulesFileProblems, withRulesModule } from './rule-pack-file.ts';
