export { instantiateTemplate, type TemplateCall } from './adapt.ts';
export { workflowTemplateKind } from './contract.ts';
export { defineTemplate, type TemplateDefinition } from './define-template.ts';
