import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { defineGate, evaluateGate } from '../../validation/index.ts';
import {
  findStandard,
  gateChecksOf,
  overlay,
  readCases,
  runCases,
  STANDARD_IDS,
  type ControlOutcome,
  type Standard,
  type StandardCases,
} from '../index.ts';
import { satisfied } from '../judgement.ts';
import { changed } from './run-cases.ts';

const folder = new URL('../standards/', import.meta.url);
const casesOf = (id: string): readonly StandardCases[] =>
  readCases(JSON.parse(readFileSync(new URL(`${id}/cases.json`, folder), 'utf8')));
const PLAIN = { change: {}, without: [] };

/** The standard, with primitive checks that are satisfied with anything. */
function lenient(standard: Standard): Standard {
  const always = () => satisfied('');
  const checks = standard.checks.map((check) => {
    const { gate, report } = check.primitive;
    const sides = {
      gate: gate && { needs: [], judge: always },
      report: report && { needs: [], assess: always },
    };
    return { ...check, primitive: { ...check.primitive, ...sides } };
  });
  return { ...standard, checks };
}

test.each(STANDARD_IDS)('%s has a page and cases', (id) => {
  const lacking = ['README.md', 'cases.json', 'pack.ts'].filter(
    (file) => !existsSync(new URL(`${id}/${file}`, folder)),
  );
  expect(lacking).toEqual([]);
});

describe.each(STANDARD_IDS)('the cases of %s', (id) => {
  const standard = findStandard(id);
  const groups = casesOf(id);

  test('come out as their expert says', () => {
    const wrong = runCases(standard, groups)
      .filter(({ expected, found }) => found.outcome !== expected)
      .map(({ check, at, name, found }) => [check, at, name, found]);
    expect(wrong).toEqual([]);
  });

  test('show each check satisfied, not satisfied and not to be decided, wherever it is asked', () => {
    const shown = (check: string, at: string, outcome: ControlOutcome) =>
      groups.some(
        (group) =>
          group.check === check &&
          group.at === at &&
          group.cases.some(({ expected }) => expected === outcome),
      );
    const lacking = standard.checks.flatMap(({ id: check, mode }) =>
      (mode === 'both' ? ['gate', 'report'] : [mode]).flatMap((at) =>
        (['satisfied', 'not-satisfied', 'error'] as const).flatMap((outcome) =>
          shown(check, at, outcome) ? [] : [`${check} ${at} ${outcome}`],
        ),
      ),
    );
    expect(lacking).toEqual([]);
  });

  test('begin with what is given as it is, and change it in all the others', () => {
    const wrong = groups.filter(({ cases: [first, ...others] }) => {
      const isPlain = (one: StandardCases['cases'][number]) =>
        Object.keys(one.change).length + one.without.length === 0;
      return first?.expected !== 'satisfied' || !isPlain(first) || others.some(isPlain);
    });
    expect(wrong).toEqual([]);
  });

  test('notice a check that is satisfied with anything', () => {
    const results = runCases(lenient(standard), groups);
    const unnoticed = groups.filter(
      ({ check, at }) =>
        !results.some(
          (one) => one.check === check && one.at === at && one.found.outcome !== one.expected,
        ),
    );
    expect(unnoticed).toEqual([]);
  });

  test('are not satisfied without any part that their check needs', () => {
    const still = groups.flatMap((group) => {
      const check = standard.checks.find((one) => one.id === group.check);
      const needs = check?.primitive[group.at]?.needs ?? [];
      return needs.flatMap((part) => {
        const [{ found } = { found: undefined }] = runCases(standard, [
          { ...group, cases: [{ ...PLAIN, name: part, expected: 'error', without: [part] }] },
        ]);
        return found?.outcome === 'error' ? [] : [`${group.check} ${group.at} ${part}`];
      });
    });
    expect(still).toEqual([]);
  });

  test('say nothing of the values that they were given', () => {
    const said = runCases(standard, groups).flatMap(({ check, found }) => {
      const group = groups.find((one) => one.check === check);
      const ids = [...JSON.stringify(group?.given).matchAll(/"([a-z-]+-\d+)"/g)];
      const text = JSON.stringify([found.message, found.remedy, found.paths]);
      return ids.flatMap(([, value = '']) => (text.includes(value) ? [`${check}: ${value}`] : []));
    });
    expect(said).toEqual([]);
  });

  test('come out the same at a gate, where what cannot be decided denies', async () => {
    const wrong: unknown[] = [];
    for (const { check, at, parameters, given, cases } of groups) {
      if (at !== 'gate') continue;
      const found = gateChecksOf(overlay(standard, { [check]: parameters })).filter(
        ({ source }) => source.id === check,
      );
      const gate = defineGate({ checks: found.map((one) => one.check) });
      for (const one of cases) {
        const { outcome, checks } = await evaluateGate(gate, { compliance: changed(given, one) });
        const passes = one.expected === 'satisfied' || one.expected === 'not-applicable';
        const answer = passes ? 'pass' : one.expected === 'error' ? 'undetermined' : 'fail';
        if (outcome !== (passes ? 'allow' : 'deny') || checks[0]?.outcome !== answer)
          wrong.push([check, one.name, checks[0]]);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test('a case whose path leads nowhere is refused', () => {
  const [group] = casesOf('sox');
  expect(group).toBeDefined();
  const at = (path: string) => ({
    ...PLAIN,
    name: 'x',
    expected: 'error' as const,
    without: [path],
  });
  for (const path of ['nowhere', 'approvals.7.by', 'now.year', 'approvals.0.nobody'])
    expect(() =>
      runCases(findStandard('sox'), group ? [{ ...group, cases: [at(path)] }] : []),
    ).toThrow('leads nowhere');
});

test('a case of a check that is not there is refused', () => {
  const [group] = casesOf('sox');
  const strange = group ? [{ ...group, check: 'SOX-99' }] : [];
  expect(() => runCases(findStandard('sox'), strange)).toThrow('there is no check SOX-99');
});

test('cases with a key that nobody knows are refused', () => {
  const group = { check: 'SOX-01', at: 'gate', given: {}, cases: [], expects: 'satisfied' };
  expect(() => readCases([group])).toThrow(
    expect.objectContaining({ code: 'COMPLIANCE_INVALID_EVIDENCE' }),
  );
});
