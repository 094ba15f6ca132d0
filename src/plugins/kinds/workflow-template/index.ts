export { instantiateTemplate, type TemplateCall } from './adapt.ts';
export { documentApproval } from './built-in/document-approval.ts';
export { twoPersonApproval } from './built-in/two-person-approval.ts';
export { workflowTemplateKind } from './contract.ts';
export { defineTemplate, type TemplateDefinition } from './define-template.ts';
export { TemplateDocument } from './template.ts';
