import { expect, test } from 'vitest';

import type { ReportedVerdict, RunEvent } from '../../workflow/index.ts';
import { countText } from './gate-lines.ts';
import { plainProgress } from './plain-progress.ts';

const check = {
  id: 'plan.traced',
  outcome: 'fail',
  mode: 'deny',
  message: 'A step has\nno source.',
  remedy: 'Trace it.',
  paths: [],
};
const verdict: ReportedVerdict = {
  from: 'plan',
  to: 'write',
  outcome: 'revise',
  checks: [check, { ...check, id: 'plan.short', outcome: 'pass' }],
};
const started: RunEvent = { type: 'phase-started', phase: 'plan', attempt: 2, variant: 'llm' };

function shown(events: readonly RunEvent[]): readonly string[] {
  const lines: string[] = [];
  let now = 0;
  const progress = plainProgress(
    (line) => lines.push(line),
    () => (now += 1500),
  );
  for (const event of events) progress.onEvent(event);
  return lines;
}

test('a gate tells every check that failed, and what to do about it', () => {
  expect(shown([{ type: 'gate-judged', verdict }, started])).toEqual([
    'gate plan → write: sends it back for revision, 1 of 2 checks passed',
    '  ✖ plan.traced (fail) A step has no source.',
    '    → Trace it.',
    'phase plan: started (llm, attempt 2)',
  ]);
});

test('a failed check names the facts by their paths, a few of many', () => {
  const paths = Array.from({ length: 9 }, (_, at) => `artifacts.plan.steps.${at}`);
  const [, , facts] = shown([
    { type: 'gate-judged', verdict: { ...verdict, checks: [{ ...check, paths }] } },
    started,
  ]);
  expect(facts).toMatch(/^ +facts: artifacts\.plan\.steps\.0, .* and 3 more$/);
});

test('a missing approval is told where nothing else stands in the way, and where it blocks', () => {
  const approval = { ...check, id: 'approval', message: 'No person has approved this.' };
  const told = (outcome: 'revise' | 'deny', checks: readonly (typeof check)[]): string =>
    shown([{ type: 'gate-judged', verdict: { ...verdict, outcome, checks } }, started]).join('\n');
  expect(told('revise', [check, approval])).not.toContain('approval');
  expect(told('revise', [check, approval])).toContain('0 of 2 checks passed');
  expect(told('revise', [approval])).toContain('approval');
  expect(told('deny', [check, approval])).toContain('approval');
});

test('what is only recorded has no say in how many passed', () => {
  const recorded = { ...check, id: 'sox-01', mode: 'audit' };
  expect(countText([{ ...check, outcome: 'pass' }, recorded, recorded])).toBe(
    '1 of 1 checks passed, 2 recorded only',
  );
});

test('a phase tells how long it took', () => {
  const ended: RunEvent = { type: 'phase-ended', phase: 'plan', attempt: 2, variant: 'llm' };
  expect(shown([started, ended]).at(-1)).toBe('phase plan: done in 1.5 s');
});

test('a gate is not told again when its phase goes on after an answer', () => {
  const gate: RunEvent = { type: 'gate-judged', verdict };
  const lines = shown([gate, started, { type: 'person-awaited', phase: 'plan' }, gate, started]);
  expect(lines.filter((line) => line.startsWith('gate'))).toHaveLength(1);
  expect(lines.at(-1)).toContain('plan: started');
});

test('an end tells its gate and nothing of itself', () => {
  const ended: RunEvent = { type: 'phase-ended', phase: 'completed', attempt: 1, variant: null };
  expect(shown([{ type: 'gate-judged', verdict }, ended])).toHaveLength(3);
});
