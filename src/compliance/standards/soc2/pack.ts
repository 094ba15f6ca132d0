import { defineStandard } from '../../standard/define-standard.ts';

/** Checks that speak to criteria of SOC 2. */
export const soc2Standard = defineStandard({
  id: 'soc2',
  title: 'SOC 2, Trust Services Criteria',
  source: 'AICPA TSC 2017 with 2022 points of focus (identifiers only)',
  note: 'A SOC 2 report is the opinion of a CPA over a period; the checks give population and evidence for that period. The series PI1, C1 and P count only where they are in scope.',
  version: '1.0.0',
  extent: { unit: 'criteria', total: 61 },
  checks: [
    {
      id: 'SOC2-01',
      controls: ['CC6.1'],
      primitive: 'rbac.denydefault',
    },
    {
      id: 'SOC2-02',
      controls: ['CC6.2'],
      primitive: 'access.review',
      parameters: { months: 3 },
    },
    {
      id: 'SOC2-03',
      controls: ['CC6.3'],
      primitive: 'sod.distinct',
    },
    {
      id: 'SOC2-04',
      controls: ['CC6.6', 'CC6.7'],
      primitive: 'pii.output',
    },
    {
      id: 'SOC2-05',
      controls: ['CC6.8', 'CC7.1'],
      primitive: 'integrity.software',
    },
    {
      id: 'SOC2-06',
      controls: ['CC7.1'],
      primitive: 'config.baseline',
    },
    {
      id: 'SOC2-07',
      controls: ['CC7.2'],
      primitive: 'monitor.alerts',
    },
    {
      id: 'SOC2-08',
      controls: ['CC7.3', 'CC7.4'],
      primitive: 'breach.clock',
    },
    {
      id: 'SOC2-09',
      controls: ['CC8.1'],
      primitive: 'change.approved',
    },
    {
      id: 'SOC2-10',
      controls: ['CC8.1'],
      primitive: 'change.tested',
    },
    {
      id: 'SOC2-11',
      controls: ['PI1.2'],
      note: 'If processing integrity is in scope.',
      primitive: 'input.valid',
    },
    {
      id: 'SOC2-12',
      controls: ['PI1.3', 'PI1.4'],
      note: 'If processing integrity is in scope.',
      primitive: 'recon.totals',
    },
    {
      id: 'SOC2-13',
      controls: ['PI1.5'],
      note: 'If processing integrity is in scope.',
      primitive: 'audit.integrity',
    },
    {
      id: 'SOC2-14',
      controls: ['C1.1'],
      note: 'If confidentiality is in scope.',
      primitive: 'classify.label',
    },
    {
      id: 'SOC2-15',
      controls: ['C1.2'],
      note: 'If confidentiality is in scope.',
      primitive: 'dispose.due',
    },
  ],
  neverAttestable: [
    'Control environment, tone at the top',
    'Adequacy of the risk assessment',
    'Physical access',
    'Due diligence on vendors',
    'Quality of penetration tests',
    "The CPA's opinion",
  ],
});
