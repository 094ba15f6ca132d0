import { defineTemplate } from '../define-template.ts';

const LENGTH = { least_words: '{{minWords}}' };

/** A document is measured, summarised, and published once a person has approved exactly its text. */
export const documentApproval = defineTemplate({
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  example: {
    document: 'travel-policy',
    approverRoles: ['head-of-finance'],
    validForMs: 172_800_000,
  },
  template: {
    id: 'phasegate.document-approval',
    version: '2.0.0',
    title: 'Document approval',
    description:
      'A document is read, summarised, approved by one person, and published as approved.',
    parameters: {
      type: 'object',
      properties: {
        document: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' },
        approverRoles: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          maxItems: 20,
          default: [],
        },
        maxAttempts: { type: 'integer', minimum: 2, maximum: 10, default: 3 },
        minWords: { type: 'integer', minimum: 1, default: 20 },
        validForMs: { type: 'integer', minimum: 3_600_000, default: 86_400_000 },
      },
      required: ['document'],
      additionalProperties: false,
    },
    workflow: { id: '{{document}}-approval', title: 'Approval of {{document}}', version: 1 },
    phases: [
      { id: 'reading', agent: 'document-reading', maxAttempts: '{{maxAttempts}}' },
      { id: 'summary', agent: 'document-summary', maxAttempts: '{{maxAttempts}}' },
      { id: 'approval', agent: 'document-approval', maxAttempts: '{{maxAttempts}}' },
      { id: 'publication', agent: 'document-publication', maxAttempts: '{{maxAttempts}}' },
    ],
    transitions: [
      {
        from: 'reading',
        to: 'summary',
        checks: [
          { check: 'document.length', settings: LENGTH },
          { check: 'document.filled-in' },
          { check: 'document.impersonal' },
        ],
      },
      {
        from: 'summary',
        to: 'approval',
        checks: [{ check: 'document.summary-traced', onFailure: 'revise', to: 'summary' }],
      },
      {
        from: 'approval',
        to: 'publication',
        checks: [
          { check: 'document.approval-decided', onFailure: 'revise', to: 'approval' },
          { check: 'document.approval-approved-or-edited' },
          { check: 'document.approval-not-by-requester' },
          { check: 'document.public-by-a-person' },
        ],
        approval: {
          phase: 'approval',
          member: 'subject',
          roles: '{{approverRoles}}',
          validForMs: '{{validForMs}}',
        },
      },
      {
        from: 'publication',
        to: 'completed',
        checks: [
          { check: 'document.published-whole', settings: LENGTH },
          { check: 'document.as-approved' },
        ],
      },
    ],
  },
});
