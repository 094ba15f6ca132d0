// Written by npm run generate; add or remove a folder, not a line.
import { businessRuleKind } from './business-rule/index.ts';
import { complianceValidatorKind } from './compliance-validator/index.ts';
import { dataProcessorKind } from './data-processor/index.ts';
import { integrationConnectorKind } from './integration-connector/index.ts';
import { securityScannerKind } from './security-scanner/index.ts';
import { workflowTemplateKind } from './workflow-template/index.ts';

/** Every member of src/plugins/kinds/, by the name of its folder. */
export const kinds = {
  'business-rule': businessRuleKind,
  'compliance-validator': complianceValidatorKind,
  'data-processor': dataProcessorKind,
  'integration-connector': integrationConnectorKind,
  'security-scanner': securityScannerKind,
  'workflow-template': workflowTemplateKind,
} as const;
