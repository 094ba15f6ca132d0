import { defineTemplate } from '../define-template.ts';

/** A document approval in which a second person, with a role of their own, approves after the first. */
export const twoPersonApproval = defineTemplate({
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  requires: { 'phasegate.document-approval': '^1.0.0' },
  example: { document: 'payment-terms', approverRole: 'sales', secondRole: 'legal' },
  template: {
    id: 'phasegate.two-person-approval',
    version: '1.0.0',
    title: 'Two-person approval',
    description: 'Document approval with two approvals by persons of different roles.',
    extends: 'phasegate.document-approval',
    parameters: {
      type: 'object',
      properties: { secondRole: { type: 'string', minLength: 1 } },
      required: ['secondRole'],
      additionalProperties: false,
    },
    workflow: {
      id: '{{document}}-two-person-approval',
      title: 'Approval of {{document}} by two persons',
      version: 1,
    },
    phases: [
      {
        id: 'countersign',
        agent: 'document-countersign',
        settings: { firstRole: '{{approverRole}}', secondRole: '{{secondRole}}' },
        maxAttempts: '{{maxDrafts}}',
        after: 'review',
      },
    ],
    without: [{ from: 'review', to: 'publish' }],
    transitions: [
      {
        from: 'review',
        to: 'countersign',
        checks: [{ check: 'document.review-passed', onFailure: 'revise', to: 'draft' }],
        approval: { phase: 'draft', roles: ['{{approverRole}}'], validForMs: '{{validForMs}}' },
      },
      {
        from: 'countersign',
        to: 'publish',
        checks: [
          { check: 'document.approvers-differ' },
          { check: 'document.countersigned', onFailure: 'revise', to: 'draft' },
        ],
        approval: { phase: 'draft', roles: ['{{secondRole}}'], validForMs: '{{validForMs}}' },
      },
    ],
  },
});
