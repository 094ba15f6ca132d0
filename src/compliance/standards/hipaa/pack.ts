import { defineStandard } from '../../standard/define-standard.ts';

/** Checks that speak to sections of the HIPAA rules. */
export const hipaaStandard = defineStandard({
  id: 'hipaa',
  title: 'HIPAA Security, Privacy and Breach Notification Rules',
  source: '45 CFR Part 164 subparts C, D, E',
  note: 'Check for a final rule on the 2025 proposal for the Security Rule before you rely on the identifiers. Of the safe-harbor list (A) to (R) only a part can be found by a machine in text: dates (C), phone and fax (D, E), e-mail (F), social security (G), numbers with a checksum or a label (H to M), URL (N), IP (O). Names (A), small areas (B), biometrics (P), photographs (Q) and other codes (R) need a recorded method.',
  version: '1.0.0',
  extent: { unit: 'sections', total: null },
  checks: [
    {
      id: 'HIPAA-01',
      controls: ['164.312(a)(1)', '164.308(a)(4)'],
      primitive: 'rbac.denydefault',
    },
    {
      id: 'HIPAA-02',
      controls: ['164.312(a)(2)(i)', '164.312(d)'],
      primitive: 'identity.unique',
    },
    {
      id: 'HIPAA-03',
      controls: ['164.312(a)(2)(ii)'],
      primitive: 'override.breakglass',
      parameters: { kind: 'emergency access' },
    },
    {
      id: 'HIPAA-04',
      controls: ['164.312(a)(2)(iii)'],
      note: 'The minutes are a choice of ours; the rule names none.',
      primitive: 'session.expiry',
      parameters: { minutes: 15 },
    },
    {
      id: 'HIPAA-05',
      controls: ['164.312(a)(2)(iv)'],
      primitive: 'crypto.rest',
    },
    {
      id: 'HIPAA-06',
      controls: ['164.312(b)'],
      primitive: 'audit.complete',
    },
    {
      id: 'HIPAA-07',
      controls: ['164.312(c)(1)', '164.312(c)(2)'],
      primitive: 'audit.integrity',
    },
    {
      id: 'HIPAA-08',
      controls: ['164.312(e)(1)', '164.312(e)(2)(i)', '164.312(e)(2)(ii)'],
      primitive: 'crypto.transit',
    },
    {
      id: 'HIPAA-09',
      controls: ['164.502(b)', '164.514(d)'],
      primitive: 'pii.minimise',
    },
    {
      id: 'HIPAA-10',
      controls: ['164.514(a)', '164.514(b)(2)'],
      primitive: 'pii.deident',
    },
    {
      id: 'HIPAA-11',
      controls: ['164.308(a)(1)(ii)(D)'],
      primitive: 'monitor.alerts',
    },
    {
      id: 'HIPAA-12',
      controls: ['164.308(b)', '164.504(e)'],
      primitive: 'vendor.agreement',
      parameters: { kind: 'BAA' },
    },
    {
      id: 'HIPAA-13',
      controls: ['164.316(b)(2)(i)'],
      note: 'Documentation is kept for six years.',
      primitive: 'audit.retention',
      parameters: { days: 2190 },
    },
    {
      id: 'HIPAA-14',
      controls: ['164.404', '164.406', '164.408'],
      note: 'Sixty days.',
      primitive: 'breach.clock',
      parameters: { days: 60 },
    },
  ],
  neverAttestable: [
    'Physical safeguards',
    'Adequacy of the risk analysis',
    'Workforce training and sanctions',
    'The content of business associate agreements',
    'The risk of re-identification',
    'The opinion of the Office for Civil Rights',
  ],
});
