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

const CASES = [
  {
    name: 'nobody logged in',
    actors: [{ ...KIM, authenticated: false }],
    identities: KNOWN,
    told: 'Whoever began this run is not authenticated.',
    remedy: 'logged in',
  },
  {
    name: 'an unknown person',
    actors: [KIM],
    identities: KNOWN.slice(1),
    told: 'Whoever began this run acts under an id that the identities do not name.',
    remedy: 'kind = "human"',
  },
  {
    name: 'an unknown agent',
    actors: [KIM, WRITER],
    identities: KNOWN.slice(0, 1),
    told: 'An agent of this run acts under an id that the identities do not name.',
    remedy: 'its owner',
  },
  {
    name: 'an id that is shared',
    actors: [KIM],
    identities: [{ ...KNOWN[0], shared: true }],
    told: 'Whoever began this run acts under an id that is shared.',
    remedy: 'of his own',
  },
  {
    name: 'an id that is named twice',
    actors: [KIM],
    identities: [KNOWN[0], KNOWN[0]],
    told: 'the identities name more than once',
    remedy: 'Name it once',
  },
];

test.each(CASES)(
  '$name is told in words, with what to do',
  ({ actors, identities, told, remedy }) => {
    if (asked === undefined) throw new Error('no check');
    const facts = complianceFacts('2026-06-15T10:00:00Z', {
      recordedActors: actors,
      identities: [...identities],
    });
    const answer = answerOf(asked.source, facts);
    expect(answer.outcome).toBe('not-satisfied');
    expect(answer.message).toContain(told);
    expect(answer.remedy).toContain(remedy);
    expect(answer.paths).toEqual([`compliance.recordedActors.${actors.length - 1}`]);
  },
);
