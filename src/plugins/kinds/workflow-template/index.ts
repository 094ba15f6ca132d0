export { instantiatedPlan, instantiateTemplate, type TemplateCall } from './adapt.ts';
export { workflowTemplateKind } from './contract.ts';
export { defineTemplate, planFromTemplate, type TemplateDefinition } from './define-template.ts';
export { TemplateDocument } from './template.ts';
