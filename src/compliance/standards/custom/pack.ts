import { defineStandard } from '../../standard/define-standard.ts';

/** Checks that speak to controls of your own; a template to copy. */
export const customStandard = defineStandard({
  id: 'custom',
  title: 'Controls of your own',
  source: 'Your own controls',
  note: 'A template: copy the folder, change identifiers, parameters and texts. What it comes with is a starter set for workflows with agents after the OWASP Top 10 for LLM Applications 2026 and the OWASP Agentic Top 10 (ASI, December 2025).',
  version: '1.0.0',
  extent: { unit: 'controls', total: null },
  checks: [
    {
      id: 'CUS-01',
      controls: ['LLM01:2026', 'ASI01'],
      primitive: 'taint.sideeffect',
    },
    {
      id: 'CUS-02',
      controls: ['LLM02:2026'],
      primitive: 'pii.output',
    },
    {
      id: 'CUS-03',
      controls: ['LLM02:2026', 'ASI03'],
      primitive: 'secrets.none',
    },
    {
      id: 'CUS-04',
      controls: ['LLM03:2026', 'ASI02'],
      primitive: 'tool.allowlist',
    },
    {
      id: 'CUS-05',
      controls: ['LLM03:2026', 'ASI09'],
      primitive: 'approval.human',
    },
    {
      id: 'CUS-06',
      controls: ['ASI03'],
      primitive: 'identity.unique',
    },
    {
      id: 'CUS-07',
      controls: ['LLM04:2026', 'ASI04'],
      primitive: 'integrity.software',
    },
    {
      id: 'CUS-08',
      controls: ['LLM06:2026'],
      primitive: 'budget.limits',
    },
    {
      id: 'CUS-09',
      controls: ['LLM10:2026', 'ASI05'],
      primitive: 'input.valid',
    },
    {
      id: 'CUS-10',
      controls: ['ASI08'],
      primitive: 'error.safe',
    },
    {
      id: 'CUS-11',
      controls: ['ASI10'],
      primitive: 'audit.complete',
    },
    {
      id: 'CUS-12',
      controls: ['OWN-LOG-1'],
      note: 'Fail-closed logging; an identifier of your own.',
      primitive: 'audit.failclosed',
    },
  ],
  neverAttestable: [
    'Whether these are the controls that you need',
    'Training',
    'Physical security',
    'Due diligence on vendors',
  ],
});
