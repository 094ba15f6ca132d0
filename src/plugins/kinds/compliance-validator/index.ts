export { checksOf } from './adapt.ts';
export { emailLaw } from './built-in/email-law.ts';
export { complianceValidatorKind } from './contract.ts';
