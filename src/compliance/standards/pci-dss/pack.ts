import { defineStandard } from '../../standard/define-standard.ts';

/** Checks that speak to requirements of PCI DSS. */
export const pciDssStandard = defineStandard({
  id: 'pci-dss',
  title: 'Payment Card Industry Data Security Standard',
  source: 'PCI DSS v4.0.1',
  note: 'Applies only where account data is stored, processed or transmitted, or where the cardholder data environment can be affected. A clean scan is an input to scoping, not a decision about scope.',
  version: '1.0.0',
  extent: { unit: 'requirements', total: null },
  checks: [
    {
      id: 'PCI-01',
      controls: ['3.3.1', '3.3.1.1', '3.3.1.2', '3.3.1.3'],
      primitive: 'sad.absent',
    },
    {
      id: 'PCI-02',
      controls: ['3.4.1'],
      primitive: 'pan.masked',
      parameters: { bin: 8, last: 4 },
    },
    {
      id: 'PCI-03',
      controls: ['3.5.1'],
      primitive: 'pan.unreadable',
    },
    {
      id: 'PCI-04',
      controls: ['7.2.1', '7.2.2', '7.2.5'],
      primitive: 'rbac.leastpriv',
    },
    {
      id: 'PCI-05',
      controls: ['7.3.1', '7.3.2', '7.3.3'],
      primitive: 'rbac.denydefault',
    },
    {
      id: 'PCI-06',
      controls: ['7.2.4'],
      note: 'Six months.',
      primitive: 'access.review',
      parameters: { months: 6 },
    },
    {
      id: 'PCI-07',
      controls: ['8.2.1', '8.2.2'],
      primitive: 'identity.unique',
    },
    {
      id: 'PCI-08',
      controls: ['8.6.2'],
      primitive: 'secrets.none',
    },
    {
      id: 'PCI-09',
      controls: [
        '10.2.1.1',
        '10.2.1.2',
        '10.2.1.3',
        '10.2.1.4',
        '10.2.1.5',
        '10.2.1.6',
        '10.2.1.7',
        '10.2.2',
      ],
      primitive: 'audit.fields',
    },
    {
      id: 'PCI-10',
      controls: ['10.3.1'],
      primitive: 'audit.access',
    },
    {
      id: 'PCI-11',
      controls: ['10.3.2', '10.3.3', '10.3.4'],
      primitive: 'audit.integrity',
    },
    {
      id: 'PCI-12',
      controls: ['10.5.1'],
      note: 'Twelve months, three of them at hand.',
      primitive: 'audit.retention',
      parameters: { days: 365, online: 90 },
    },
    {
      id: 'PCI-13',
      controls: ['10.6.1', '10.6.2', '10.6.3'],
      primitive: 'time.sane',
    },
    {
      id: 'PCI-14',
      controls: ['10.7.2', '10.7.3'],
      primitive: 'audit.failclosed',
    },
    {
      id: 'PCI-15',
      controls: ['6.5.1'],
      primitive: 'change.approved',
    },
    {
      id: 'PCI-16',
      controls: ['6.5.3', '6.5.4', '6.5.5'],
      primitive: 'env.separate',
    },
    {
      id: 'PCI-17',
      controls: ['4.2.1'],
      primitive: 'crypto.transit',
    },
  ],
  neverAttestable: [
    'The scope of the cardholder data environment',
    'Network segmentation and penetration tests',
    'Physical security',
    'Vulnerability management outside the framework',
    'Training',
    "The QSA's opinion",
  ],
});
