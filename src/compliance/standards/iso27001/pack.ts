import { defineStandard } from '../../standard/define-standard.ts';

/** Checks that speak to controls of ISO/IEC 27001 Annex A. */
export const iso27001Standard = defineStandard({
  id: 'iso27001',
  title: 'ISO/IEC 27001, Annex A',
  source: 'ISO/IEC 27001:2022 Annex A (numbers only)',
  note: 'An accredited body looks at a management system, not at a workflow. Annex A applies through your Statement of Applicability: record for each check that does not apply why it does not.',
  version: '1.0.0',
  extent: { unit: 'Annex A controls', total: 93 },
  checks: [
    {
      id: 'ISO-01',
      controls: ['A.5.3'],
      primitive: 'sod.distinct',
    },
    {
      id: 'ISO-02',
      controls: ['A.5.12', 'A.5.13'],
      primitive: 'classify.label',
    },
    {
      id: 'ISO-03',
      controls: ['A.5.15', 'A.8.3'],
      primitive: 'rbac.denydefault',
    },
    {
      id: 'ISO-04',
      controls: ['A.5.16', 'A.5.17'],
      primitive: 'identity.unique',
    },
    {
      id: 'ISO-05',
      controls: ['A.5.18', 'A.8.2'],
      primitive: 'access.review',
      parameters: { months: 12 },
    },
    {
      id: 'ISO-06',
      controls: ['A.5.19', 'A.5.20', 'A.5.21', 'A.5.22', 'A.5.23'],
      primitive: 'vendor.agreement',
    },
    {
      id: 'ISO-07',
      controls: ['A.5.28', 'A.5.33'],
      primitive: 'audit.integrity',
    },
    {
      id: 'ISO-08',
      controls: ['A.5.34'],
      primitive: 'pii.state',
    },
    {
      id: 'ISO-09',
      controls: ['A.8.9'],
      primitive: 'config.baseline',
    },
    {
      id: 'ISO-10',
      controls: ['A.8.10'],
      primitive: 'dispose.due',
    },
    {
      id: 'ISO-11',
      controls: ['A.8.11'],
      primitive: 'audit.nopii',
    },
    {
      id: 'ISO-12',
      controls: ['A.8.12'],
      primitive: 'pii.output',
    },
    {
      id: 'ISO-13',
      controls: ['A.8.15'],
      primitive: 'audit.fields',
    },
    {
      id: 'ISO-14',
      controls: ['A.8.16'],
      primitive: 'monitor.alerts',
    },
    {
      id: 'ISO-15',
      controls: ['A.8.17'],
      primitive: 'time.sane',
    },
    {
      id: 'ISO-16',
      controls: ['A.8.24'],
      primitive: 'crypto.transit',
    },
    {
      id: 'ISO-17',
      controls: ['A.8.31', 'A.8.33'],
      primitive: 'env.separate',
    },
    {
      id: 'ISO-18',
      controls: ['A.8.32'],
      primitive: 'change.approved',
    },
  ],
  neverAttestable: [
    'Leadership, context and the management system itself',
    'Adequacy of the risk assessment and treatment',
    'Physical controls',
    'People controls, training',
    'Internal audit and management review',
    "The certification body's opinion",
  ],
});
