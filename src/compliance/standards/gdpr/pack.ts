import { defineStandard } from '../../standard/define-standard.ts';

/** Checks that speak to articles of the General Data Protection Regulation. */
export const gdprStandard = defineStandard({
  id: 'gdpr',
  title: 'General Data Protection Regulation',
  source: 'Regulation (EU) 2016/679',
  note: 'Most duties are legal judgements. A check can only require that the judgement was recorded and is in date.',
  version: '1.0.0',
  extent: { unit: 'articles', total: 99 },
  checks: [
    {
      id: 'GDPR-01',
      controls: ['5(1)(a)', '6(1)'],
      primitive: 'purpose.basis',
    },
    {
      id: 'GDPR-02',
      controls: ['7(1)', '7(3)'],
      primitive: 'consent.live',
    },
    {
      id: 'GDPR-03',
      controls: ['9(1)', '9(2)', '10'],
      primitive: 'special.cond',
    },
    {
      id: 'GDPR-04',
      controls: ['5(1)(b)', '5(1)(c)', '25(2)'],
      primitive: 'pii.minimise',
    },
    {
      id: 'GDPR-05',
      controls: ['5(1)(f)', '32(1)'],
      primitive: 'pii.output',
    },
    {
      id: 'GDPR-06',
      controls: ['5(1)(e)', '17'],
      primitive: 'erasure.done',
      parameters: { days: 30 },
    },
    {
      id: 'GDPR-07',
      controls: ['22(1)', '22(2)', '22(3)'],
      primitive: 'decision.review',
    },
    {
      id: 'GDPR-08',
      controls: ['30'],
      primitive: 'ropa.entry',
    },
    {
      id: 'GDPR-09',
      controls: ['44', '45', '46'],
      primitive: 'region.allowed',
    },
    {
      id: 'GDPR-10',
      controls: ['28(3)'],
      primitive: 'vendor.agreement',
      parameters: { kind: 'DPA' },
    },
    {
      id: 'GDPR-11',
      controls: ['33(1)', '34'],
      note: 'Article 33(1) counts 72 hours.',
      primitive: 'breach.clock',
      parameters: { hours: 72 },
    },
    {
      id: 'GDPR-12',
      controls: ['35'],
      primitive: 'dpia.ref',
    },
    {
      id: 'GDPR-13',
      controls: ['5(1)(c)', '25(1)'],
      note: 'For logs.',
      primitive: 'audit.nopii',
    },
    {
      id: 'GDPR-14',
      controls: ['5(2)'],
      note: 'Accountability.',
      primitive: 'audit.complete',
    },
  ],
  neverAttestable: [
    'The legal validity of a basis, of a consent or of a transfer',
    'Adequacy of the risk analysis and of an impact assessment',
    'The content of agreements with processors',
    'Answers to data subjects',
    'Training',
    'The opinion of a supervisory authority',
  ],
});
