import { expect, test } from 'vitest';

import { complianceFacts } from '../../facts/merge-facts.ts';
import { gateChecksOf } from '../../gate/gate-checks-of.ts';
import { answerOf } from '../../gate/judge-gate.ts';
import { defineStandard } from '../../standard/define-standard.ts';
import { findStandard } from '../../gate/find-standard.ts';

const [asked] = gateChecksOf(
  defineStandard({
    ...findStandard('custom').pack,
    checks: [{ id: 'OWN-01', controls: ['1'], primitive: 'identity.unique' }],
  }),
);

const KIM = { id: 'kim', kind: 'human', authenticated: true, onBehalfOf: null } as const;
const WRITER = { id: 'writer', kind: 'agent', authenticated: true, onBehalfOf: 'kim' } as const;
const KNOWN = [
  { id: 'kim', kind: 'human', shared: false },
  { id: 'writer', kind: 'agent', owner: 'sales', shared: false },
] as const;

test.each([
  [
    'nobody logged in',
    [{ ...KIM, authenticated: false }],
    KNOWN,
    'Whoever began this run is not authenticated.',
    'logged in',
  ],
  [
    'an unknown person',
    [KIM],
    KNOWN.slice(1),
    'Whoever began this run acts under an id that the identities do not name.',
    'kind = "human"',
  ],
  [
    'an unknown agent',
    [KIM, WRITER],
    KNOWN.slice(0, 1),
    'An agent of this run acts under an id that the identities do not name.',
    'its owner',
  ],
  [
    'an id that is shared',
    [KIM],
    [{ ...KNOWN[0], shared: true }],
    'Whoever began this run acts under an id that is shared.',
    'of his own',
  ],
  [
    'an id that is named twice',
    [KIM],
    [KNOWN[0], KNOWN[0]],
    'the identities name more than once',
    'Name it once',
  ],
] as const)(
  '%s is told in words, with what to do',
  (_, recordedActors, identities, told, remedy) => {
    if (asked === undefined) throw new Error('no check');
    const facts = complianceFacts('2026-06-15T10:00:00Z', {
      recordedActors: [...recordedActors],
      identities: [...identities],
    });
    const answer = answerOf(asked.source, facts);
    expect(answer.outcome).toBe('not-satisfied');
    expect(answer.message).toContain(told);
    expect(answer.remedy).toContain(remedy);
    expect(answer.paths).toEqual([`compliance.recordedActors.${recordedActors.length - 1}`]);
  },
);
