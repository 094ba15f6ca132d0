export { checksOf } from './adapt.ts';
export { CheckAnswer } from './answer.ts';
export { dataMinimisation } from './built-in/data-minimisation.ts';
export { emailLaw } from './built-in/email-law.ts';
export { complianceValidatorKind } from './contract.ts';
