import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  overlay,
  assessStandard,
  defineStandard,
  findStandard,
  gateChecksOf,
  gatesOf,
  readEvidence,
  scanTrail,
  STANDARD_IDS,
  type ControlAssessment,
  type Standard,
  type TrailEvidenceInput,
} from '../index.ts';
import { defineGate } from '../../validation/index.ts';
import { unitsOf } from './assess-standard.ts';

const PERIOD = { from: '2026-04-01T00:00:00Z', to: '2026-07-01T00:00:00Z' };
const EMPTY: TrailEvidenceInput = { period: PERIOD, assessedAt: PERIOD.to };
const GATE = 'a'.repeat(64);

const house = defineStandard({
  id: 'house',
  title: 'House rules',
  source: 'Our own',
  note: 'For tests.',
  version: '1.0.0',
  extent: { unit: 'rules', total: 5 },
  checks: [
    { id: 'HOUSE-1', controls: ['1(a)', '1(b)', '2'], primitive: 'input.valid' },
    { id: 'HOUSE-2', controls: ['3'], primitive: 'audit.retention', parameters: { days: 10 } },
  ],
  neverAttestable: ['Taste'],
});

const assess = (standard: Standard, evidence: TrailEvidenceInput, reasons = {}) =>
  assessStandard(standard, readEvidence(evidence), {
    notApplicable: new Map(Object.entries(reasons)),
  });
const first = (evidence: TrailEvidenceInput): ControlAssessment | undefined =>
  assess(house, evidence).controls[0];

const verdict = (seq: number, outcome: string, facts: Record<string, string> = {}) => ({
  seq,
  at: '2026-05-01T00:00:00Z',
  where: 'host-1',
  event: {
    kind: 'gate-verdict',
    actor: { id: 'phasegate/gate', kind: 'service', authenticated: true, onBehalfOf: 'u-1' },
    outcome,
    target: 'a -> b',
    run: 'run-1',
    policy: GATE,
    facts: { failed: '', ...facts },
  },
});
const gates = [{ policy: GATE, checks: [{ id: 'house.house-1', mode: 'deny' as const }] }];

test('a control whose evidence is not there is an error, and names what is missing', () => {
  const { controls, counts } = assess(house, EMPTY);
  expect(controls.map(({ outcome, paths }) => [outcome, paths])).toEqual([
    ['error', ['entries', 'gates']],
    ['error', ['retention']],
  ]);
  expect(counts.error).toBe(2);
});

test('a check that gates ask is told by their verdicts', () => {
  expect(first({ ...EMPTY, gates, entries: [verdict(1, 'allow')] })).toMatchObject({
    outcome: 'satisfied',
    message: 'Asked at gates: 1. Transitions that were held: 0; that went through without it: 0.',
  });
});

test('a transition that was held shows that the check works', () => {
  const entries = [verdict(1, 'allow'), verdict(2, 'deny', { failed: 'house.house-1' })];
  expect(first({ ...EMPTY, gates, entries })).toMatchObject({ outcome: 'satisfied', entries: [2] });
});

test.each(['noted', 'failed'])(
  'a failure that is only %s and went through is not satisfied',
  (as) => {
    const entries = [verdict(1, 'allow'), verdict(2, 'allow', { [as]: 'other.x house.house-1' })];
    expect(first({ ...EMPTY, gates, entries })).toMatchObject({
      outcome: 'not-satisfied',
      entries: [2],
    });
  },
);

test('what went through because nobody could decide it is not decided; a failure beside it is a failure', () => {
  const unsure = { noted: 'house.house-1 other.x', undecided: 'house.house-1' };
  const entries = [verdict(1, 'allow', unsure), verdict(2, 'deny', { failed: 'house.house-1' })];
  expect(first({ ...EMPTY, gates, entries })).toMatchObject({
    outcome: 'error',
    entries: [1],
    message:
      'Asked at gates: 2. Transitions that were held: 1; that went through although it could not be decided: 1.',
  });
  const failing = [...entries, verdict(3, 'allow', { noted: 'house.house-1' })];
  expect(first({ ...EMPTY, gates, entries: failing })).toMatchObject({
    outcome: 'not-satisfied',
    entries: [3],
    message:
      'Asked at gates: 3. Transitions that were held: 1; that went through without it: 1; that went through although it could not be decided: 1.',
  });
});

test('a predicate says the number that it is held to', () => {
  const [review] = assess(
    overlay(findStandard('sox'), { 'SOX-05': { months: 6 } }),
    EMPTY,
  ).controls.filter(({ check }) => check === 'SOX-05');
  expect(review?.predicate).toBe(
    'A signed access-review record newer than 6 months covers every role in use',
  );
});

test('a check that no gate asks is an error, not something that does not apply', () => {
  expect(first({ ...EMPTY, gates: [], entries: [verdict(1, 'allow')] })?.outcome).toBe('error');
});

test('verdicts of gates that have changed since hide nothing', () => {
  const changed = [{ ...gates[0], policy: 'f'.repeat(64), checks: gates[0]?.checks ?? [] }];
  const entries = [verdict(1, 'allow'), verdict(2, 'deny')];
  expect(first({ ...EMPTY, gates: changed, entries })).toMatchObject({
    outcome: 'error',
    message: expect.stringContaining('2 verdicts are of gates that are not configured today'),
  });
  const missed = [...entries, verdict(3, 'allow', { noted: 'house.house-1' })];
  expect(first({ ...EMPTY, gates: changed, entries: missed })).toMatchObject({
    outcome: 'not-satisfied',
    entries: [3],
    message: expect.stringContaining('gates that are not configured today: 3'),
  });
});

test('verdicts that say what passed are counted, whatever became of their gates', () => {
  const changed = [{ ...gates[0], policy: 'f'.repeat(64), checks: gates[0]?.checks ?? [] }];
  const entries = [
    verdict(1, 'allow', { passed: 'house.house-1 other.x' }),
    verdict(2, 'deny', { passed: '', failed: 'house.house-1' }),
    // Its gate did not ask it then.
    verdict(3, 'allow', { passed: 'other.x' }),
  ];
  expect(first({ ...EMPTY, gates: changed, entries })).toMatchObject({
    outcome: 'satisfied',
    message: 'Asked at gates: 2. Transitions that were held: 1; that went through without it: 0.',
  });
});

test('a check whose gates were not judged in the period does not apply', () => {
  expect(first({ ...EMPTY, gates, entries: [] })).toMatchObject({ outcome: 'not-applicable' });
});

test('a reason that was recorded is what a control that does not apply says', () => {
  const { controls } = assess(house, EMPTY, { 'HOUSE-1': 'There is no state.' });
  expect(controls[0]).toMatchObject({ outcome: 'not-applicable', message: 'There is no state.' });
});

test('what is not covered is counted in the units of the standard', () => {
  expect(unitsOf(house)).toEqual(['1', '2', '3']);
  expect(assess(house, EMPTY).notCovered).toEqual({
    neverAttestable: ['Taste'],
    unit: 'rules',
    spokenTo: 3,
    total: 5,
    left: 2,
  });
});

test('each control says what it says and what it cannot say', () => {
  const silent = STANDARD_IDS.flatMap((id) => assess(findStandard(id), EMPTY).controls).filter(
    ({ says, cannotSay, predicate, controls }) =>
      [says, cannotSay, predicate].includes('') || controls.length === 0,
  );
  expect(silent).toEqual([]);
});

test('no text of a standard or of an assessment promises what a machine cannot say', () => {
  const text = JSON.stringify(
    STANDARD_IDS.map((id) => [findStandard(id).pack, assess(findStandard(id), EMPTY)]),
  );
  expect(text).not.toMatch(/\b(?:complian(?:t|ce)|certified|guarantee)/i);
});

test('entries are named by number, the first hundred, with how many there were', () => {
  const entries = Array.from({ length: 150 }, (_, seq) =>
    verdict(seq, 'allow', { failed: 'house.house-1' }),
  );
  const control = first({ ...EMPTY, gates, entries });
  expect(control?.entries).toHaveLength(100);
  expect(control?.entriesConcerned).toBe(150);
});

test('the gates of a workflow are told by their digests and checks', () => {
  const gate = defineGate({ checks: gateChecksOf(house).map(({ check }) => check) });
  expect(gatesOf([{ gate }, { gate }])).toEqual([
    { policy: gate.digest, checks: [{ id: 'house.house-1', mode: 'deny' }] },
  ]);
});

test('whatever entries say, each control gets one of the five outcomes', () => {
  const words = fc.constantFrom('', 'run-1', 'allow', 'deny', 'phase-left', 'gate-verdict', 'u-1');
  const entry = fc.record({
    seq: fc.nat(50),
    at: fc.constantFrom('', '2026-05-01T00:00:00Z', '2026-05-01'),
    event: fc.record(
      {
        kind: fc.constantFrom('run-started', 'phase-left', 'approval', 'gate-verdict', 'access'),
        outcome: words,
        target: words,
        run: words,
        phase: words,
        policy: words,
        facts: fc.dictionary(fc.constantFrom('destination', 'failed', 'waived'), words),
      },
      { requiredKeys: ['kind'] },
    ),
  });
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 12 }),
      fc.constantFrom(...STANDARD_IDS),
      (entries, id) => {
        const standard = findStandard(id);
        const { controls, counts } = assess(standard, {
          ...EMPTY,
          entries,
          identities: [],
          probes: [],
          stateChanges: [],
          alerts: [],
          overrides: [],
          gates,
        });
        expect(controls).toHaveLength(standard.checks.length);
        expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(controls.length);
      },
    ),
  );
});

test('evidence of another shape is refused with its place', () => {
  expect(() => readEvidence({ ...EMPTY, probes: [{ id: 'guess' }] })).toThrow(
    expect.objectContaining({
      code: 'COMPLIANCE_INVALID_EVIDENCE',
      message: expect.stringContaining('probes.0.id'),
    }),
  );
});

test('a scan of the trail names entry and field, and looks into each text once', () => {
  const { entries = [] } = readEvidence({
    ...EMPTY,
    entries: [verdict(7, 'allow', { reason: 'ask bo@example.com' }), verdict(8, 'allow')],
  });
  let looks = 0;
  const detector = { name: 'counting', detect: () => ((looks += 1), []) };
  const scan = scanTrail([...entries, ...entries], { detectors: [detector], logs: [] });
  expect(scan).toMatchObject({ entries: 4, logs: true, unscannable: 0 });
  expect(scan.found.map(({ path, type }) => `${path} ${type}`)).toEqual([
    'entries.7.reason EMAIL_ADDRESS',
    'entries.7.reason EMAIL_ADDRESS',
  ]);
  expect(looks).toBeLessThan(8);
});

test('a text that cannot be looked through is counted as such', () => {
  const { entries = [] } = readEvidence({ ...EMPTY, entries: [verdict(1, 'allow')] });
  const detector = {
    name: 'broken',
    detect: () => {
      throw new Error('no model');
    },
  };
  expect(scanTrail(entries, { detectors: [detector] })).toMatchObject({ logs: false });
  expect(scanTrail(entries, { detectors: [detector] }).unscannable).toBeGreaterThan(0);
});
