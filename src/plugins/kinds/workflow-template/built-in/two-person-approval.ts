import { defineTemplate } from '../define-template.ts';

/** A document approval in which a second person approves after the first, exactly what the first one approved. */
export const twoPersonApproval = defineTemplate({
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  requires: { 'phasegate.document-approval': '^2.0.0' },
  example: { document: 'payment-terms', approverRoles: ['sales'], secondRoles: ['legal'] },
  template: {
    id: 'phasegate.two-person-approval',
    version: '2.0.0',
    title: 'Two-person approval',
    description: 'Document approval with two approvals by two persons.',
    extends: 'phasegate.document-approval',
    parameters: {
      type: 'object',
      properties: {
        secondRoles: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          maxItems: 20,
          default: [],
        },
      },
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
        maxAttempts: '{{maxAttempts}}',
        after: 'approval',
      },
    ],
    without: [{ from: 'approval', to: 'publication' }],
    transitions: [
      {
        from: 'approval',
        to: 'countersign',
        checks: [
          { check: 'document.approval-decided', onFailure: 'revise', to: 'approval' },
          { check: 'document.approval-approved-or-edited' },
          { check: 'document.approval-not-by-requester' },
        ],
        approval: {
          phase: 'approval',
          member: 'subject',
          roles: '{{approverRoles}}',
          validForMs: '{{validForMs}}',
        },
      },
      {
        from: 'countersign',
        to: 'publication',
        checks: [
          { check: 'document.countersign-decided', onFailure: 'revise', to: 'countersign' },
          { check: 'document.countersign-approved' },
          { check: 'document.countersign-not-by-requester' },
          { check: 'document.countersign-by-another' },
          { check: 'document.public-by-a-person' },
        ],
        approval: {
          phase: 'countersign',
          member: 'subject',
          roles: '{{secondRoles}}',
          validForMs: '{{validForMs}}',
        },
      },
    ],
  },
});
