import { expect, test } from 'vitest';

import { defineGate, evaluateGate } from '../../validation/index.ts';
import {
  bindStandard,
  complianceFacts,
  defineCompliance,
  defineStandard,
  findStandard,
  gateChecksOf,
  readSuppliedFacts,
  type CompliancePlace,
} from '../index.ts';

const NOW = '2026-06-15T10:00:00Z';
const house = defineStandard({
  id: 'house',
  title: 'House rules',
  source: 'Our own',
  note: 'For tests.',
  version: '1.0.0',
  extent: { unit: 'rules', total: null },
  checks: [
    { id: 'HOUSE-1', controls: ['1'], primitive: 'input.valid' },
    { id: 'HOUSE-2', controls: ['2'], primitive: 'approval.human' },
    { id: 'HOUSE-3', controls: ['3'], primitive: 'audit.retention' },
  ],
  neverAttestable: ['Taste'],
});
const MOVES = [
  { from: 'a', to: 'b' },
  { from: 'b', to: 'completed' },
];
const TAGS = { 'b -> completed': ['approval'] } as const;
const idsAt = (bindings: ReadonlyMap<string, readonly { check: { id: string } }[]>) =>
  [...bindings].map(([move, there]) => [move, there.map(({ check }) => check.id)]);

test('each check joins the gates of the transitions that it is for, those without a tag every one', () => {
  const compliance = defineCompliance({ standards: [bindStandard(house)], tags: TAGS });
  expect(idsAt(compliance.bindingsFor(MOVES))).toEqual([
    ['a -> b', ['house.house-1']],
    ['b -> completed', ['house.house-1', 'house.house-2']],
  ]);
});

test('modes hold for all checks, and for single ones', () => {
  const standard = bindStandard(house, { mode: 'warn', modes: { 'HOUSE-2': 'deny' } });
  const { bindingsFor } = defineCompliance({ standards: [standard], tags: TAGS });
  const modes = bindingsFor(MOVES).get('b -> completed');
  expect(modes?.map(({ mode }) => mode)).toEqual(['warn', 'deny']);
});

test('a scope names transitions, and a check outside of it is refused', () => {
  const scoped = bindStandard(house, { transitions: ['b -> completed'] });
  const { bindingsFor } = defineCompliance({ standards: [scoped], tags: TAGS });
  expect(idsAt(bindingsFor(MOVES))[0]).toEqual(['a -> b', []]);
  const outside = bindStandard(house, { transitions: ['a -> b'] });
  expect(() => defineCompliance({ standards: [outside], tags: TAGS }).bindingsFor(MOVES)).toThrow(
    'no transition is tagged approval or effect',
  );
});

test.each([
  [
    'a check that is not there',
    () => bindStandard(house, { modes: { 'HOUSE-9': 'warn' } }),
    'HOUSE-9',
  ],
  ['an empty reason', () => bindStandard(house, { notApplicable: { 'HOUSE-2': ' ' } }), 'empty'],
  [
    'a standard twice',
    () => defineCompliance({ standards: [bindStandard(house), bindStandard(house)] }),
    'bound twice',
  ],
  [
    'a tag of a transition that is not there',
    () => defineCompliance({ standards: [], tags: { 'a -> z': ['effect'] } }).bindingsFor(MOVES),
    'no transition "a -> z"',
  ],
  [
    'a scope of a transition that is not there',
    () =>
      defineCompliance({
        standards: [bindStandard(house, { transitions: ['a -> z'] })],
      }).bindingsFor(MOVES),
    'no transition "a -> z"',
  ],
])('%s is refused', (_what, bind, message) => {
  expect(bind).toThrow(expect.objectContaining({ code: 'COMPLIANCE_INVALID_BINDING' }));
  expect(bind).toThrow(message);
});

const place: CompliancePlace = {
  now: NOW,
  from: 'b',
  to: 'completed',
  approvals: [],
  engine: {
    actors: { requester: 'anna', executors: ['agent-1'] },
    transition: { workflow: 'letters' },
    access: { policy: 'b'.repeat(64), byDefault: 'deny', actions: [] },
  },
};

test('what the engine vouches for stands, whatever is supplied', () => {
  const forged = {
    approvals: [
      { by: 'bo', kind: 'human', roles: [], subject: 'a'.repeat(64), givenAt: NOW, expiresAt: NOW },
    ],
    actors: { requester: 'bo', author: 'cleo', executors: [] },
    access: { policy: 'a'.repeat(64), byDefault: 'allow', actions: [] },
    transition: { workflow: 'other', from: 'x', to: 'y', risk: 'low' },
    now: '2030-01-01T00:00:00Z',
  } as const;
  const compliance = defineCompliance({ standards: [], tags: TAGS, facts: () => forged });
  expect(compliance.factsAt({}, place, forged)).toEqual({
    now: NOW,
    approvals: [],
    access: { policy: 'b'.repeat(64), byDefault: 'deny', actions: [] },
    actors: { requester: 'anna', author: 'cleo', executors: ['agent-1'] },
    transition: {
      workflow: 'letters',
      from: 'b',
      to: 'completed',
      tags: ['approval'],
      risk: 'low',
    },
  });
});

test('where the engine knows no requester, nobody else names one', () => {
  const compliance = defineCompliance({
    standards: [],
    facts: () => ({ actors: { requester: 'bo' } }),
  });
  const unknown = { ...place, engine: {} };
  expect(compliance.factsAt({}, unknown, { actors: { requester: 'bo' } }).actors).toEqual({
    author: null,
    executors: [],
  });
});

test('parts are laid over each other, members only of transition and actors', () => {
  const facts = complianceFacts(
    NOW,
    { subjects: ['s-1'], transition: { from: 'a' } },
    { subjects: ['s-2'], transition: { to: 'b' }, purpose: undefined },
  );
  expect(facts).toEqual({ now: NOW, subjects: ['s-2'], transition: { from: 'a', to: 'b' } });
});

test('what others have held against a schema counts besides what the engine has', () => {
  const engine = { validated: [{ what: 'draft', kind: 'state', valid: true }] } as const;
  const host = { validated: [{ what: 'lookup', kind: 'tool-result', valid: false }] } as const;
  const { factsAt } = defineCompliance({ standards: [] });
  expect(factsAt({}, { ...place, engine }, host).validated).toEqual([
    ...host.validated,
    ...engine.validated,
  ]);
});

test('parts from outside are read, or refused with their place', () => {
  const parts = { subjects: ['s-1'], transition: { risk: 'low' } };
  expect(readSuppliedFacts(parts)).toEqual(parts);
  for (const wrong of [{ subject: [] }, { purpose: { id: 'p' } }, { transition: { risk: 'none' } }])
    expect(() => readSuppliedFacts(wrong)).toThrow(
      expect.objectContaining({ code: 'COMPLIANCE_INVALID_EVIDENCE' }),
    );
});

test('why a check has nothing to ask about stands in the verdict', async () => {
  const [check] = gateChecksOf(findStandard('gdpr')).filter(
    ({ source }) => source.id === 'GDPR-12',
  );
  expect(check).toBeDefined();
  const gate = defineGate({ checks: check ? [check.check] : [] });
  const impactAssessment = { highRisk: false, reference: null, expiresAt: null };
  const { outcome, checks } = await evaluateGate(gate, {
    compliance: { now: NOW, impactAssessment },
  });
  expect(outcome).toBe('allow');
  expect(checks[0]).toMatchObject({
    outcome: 'pass',
    message: 'Does not apply: The processing is not flagged as high risk.',
  });
});

test('checks of a standard carry its digest, so that another pack is another check', () => {
  const [one] = gateChecksOf(findStandard('sox'));
  const changed = defineStandard({ ...findStandard('sox').pack, version: '1.0.1' });
  const [other] = gateChecksOf(changed);
  expect(one?.check.id).toBe('sox.sox-01');
  expect(one?.check.digest).not.toBe(other?.check.digest);
});

test('the digest tells of standards, modes, tags and the text of the facts', () => {
  const digests = [
    defineCompliance({ standards: [bindStandard(house)] }),
    defineCompliance({ standards: [bindStandard(house, { mode: 'warn' })] }),
    defineCompliance({ standards: [bindStandard(house)], tags: TAGS }),
    defineCompliance({ standards: [bindStandard(house)], facts: () => ({}) }),
    defineCompliance({ standards: [bindStandard(house)], version: '2' }),
  ].map(({ digest }) => digest);
  expect(new Set(digests).size).toBe(5);
});
