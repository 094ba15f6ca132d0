import { defineTemplate } from '../define-template.ts';

/** A document is drafted, reviewed, and published once a person with the role has approved exactly its text. */
export const documentApproval = defineTemplate({
  publisher: 'phasegate',
  engines: { phasegate: '*' },
  example: { document: 'travel-policy', approverRole: 'head-of-finance', validForMs: 172_800_000 },
  template: {
    id: 'phasegate.document-approval',
    version: '1.0.0',
    title: 'Document approval',
    description: 'Draft, review and publication of a document, with the approval of one person.',
    parameters: {
      type: 'object',
      properties: {
        document: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' },
        language: { type: 'string', default: 'en' },
        approverRole: { type: 'string', minLength: 1 },
        maxDrafts: { type: 'integer', minimum: 2, maximum: 10, default: 3 },
        minWords: { type: 'integer', minimum: 1, default: 20 },
        validForMs: { type: 'integer', minimum: 3_600_000, default: 86_400_000 },
      },
      required: ['document', 'approverRole'],
      additionalProperties: false,
    },
    workflow: { id: '{{document}}-approval', title: 'Approval of {{document}}', version: 1 },
    phases: [
      {
        id: 'draft',
        agent: 'document-draft',
        settings: { document: '{{document}}', language: '{{language}}' },
        maxAttempts: '{{maxDrafts}}',
      },
      { id: 'review', agent: 'document-review', maxAttempts: '{{maxDrafts}}' },
      { id: 'publish', agent: 'document-publish', settings: { document: '{{document}}' } },
    ],
    transitions: [
      {
        from: 'draft',
        to: 'review',
        checks: [
          {
            check: 'document.long-enough',
            settings: { minWords: '{{minWords}}' },
            onFailure: 'revise',
            to: 'draft',
          },
        ],
      },
      {
        from: 'review',
        to: 'publish',
        checks: [{ check: 'document.review-passed', onFailure: 'revise', to: 'draft' }],
        approval: { phase: 'draft', roles: ['{{approverRole}}'], validForMs: '{{validForMs}}' },
      },
      { from: 'publish', to: 'completed', checks: [{ check: 'document.published-as-approved' }] },
    ],
  },
});
