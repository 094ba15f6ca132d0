import { defineStandard } from '../../standard/define-standard.ts';

/** Checks that speak to sections of the Sarbanes-Oxley Act and of what stands around it. */
export const soxStandard = defineStandard({
  id: 'sox',
  title: 'Sarbanes-Oxley, internal control over financial reporting',
  source:
    'Sarbanes-Oxley Act of 2002; Exchange Act 13(b)(2), 13a-15; Reg. S-X 2-06; PCAOB AS 2201; COSO 2013',
  note: 'There are no numbered SOX controls: identifiers are sections, beside control ids of your own (ITGC). The seven-year rule (17 CFR 210.2-06) binds accountants; issuers adopt it by policy, so it is a parameter.',
  version: '1.0.0',
  extent: { unit: 'sections and principles', total: null },
  checks: [
    {
      id: 'SOX-01',
      controls: ['302(a)(4)', '404(a)', 'COSO P10'],
      primitive: 'sod.distinct',
    },
    {
      id: 'SOX-02',
      controls: ['404(a)', '13(b)(2)(B)(i)'],
      note: 'Transactions are authorised.',
      primitive: 'approval.quorum',
      parameters: { n: 2 },
    },
    {
      id: 'SOX-03',
      controls: ['302(a)(4)', '302(a)(5)', '404(a)'],
      note: 'Judgement stays with people.',
      primitive: 'approval.human',
    },
    {
      id: 'SOX-04',
      controls: ['404(a)', 'COSO P11'],
      note: 'IT general controls: access to programs and data.',
      primitive: 'rbac.denydefault',
    },
    {
      id: 'SOX-05',
      controls: ['404(a)'],
      note: 'IT general controls: review of access.',
      primitive: 'access.review',
      parameters: { months: 3 },
    },
    {
      id: 'SOX-06',
      controls: ['404(a)'],
      note: 'IT general controls: change of programs.',
      primitive: 'change.approved',
    },
    {
      id: 'SOX-07',
      controls: ['404(a)'],
      note: 'IT general controls: change of programs, testing.',
      primitive: 'change.tested',
    },
    {
      id: 'SOX-08',
      controls: ['13(b)(2)(A)'],
      note: 'Books and records.',
      primitive: 'recon.totals',
    },
    {
      id: 'SOX-09',
      controls: ['802', '18 USC 1519'],
      note: 'No alteration of records.',
      primitive: 'audit.integrity',
    },
    {
      id: 'SOX-10',
      controls: ['802', '17 CFR 210.2-06'],
      primitive: 'audit.retention',
      parameters: { days: 2555 },
    },
    {
      id: 'SOX-11',
      controls: ['404(a)'],
      note: 'Risk of management override, as AS 2201 sees it.',
      primitive: 'override.breakglass',
    },
    {
      id: 'SOX-12',
      controls: ['302(a)(5)(B)'],
      note: 'Signals of fraud reach management.',
      primitive: 'monitor.alerts',
    },
  ],
  neverAttestable: [
    'Tone at the top, board oversight',
    'Materiality',
    'Adequacy of the risk analysis',
    'Training',
    "The auditor's opinion and management's own assessment",
  ],
});
