import { expect, test } from 'vitest';

import { agentContext, scriptedModel } from '../../testing/index.ts';
import { caseFrom } from '../fixtures/agent-case.ts';
import { exampleText, simulateRun } from '../fixtures/simulate-run.ts';
import { Change } from './facts.ts';
import { planAgent } from './plan-deployment.ts';
import { readDiff } from './read-diff.ts';
import { technologyTrade as trade } from './trade.ts';

const change = Change.parse(trade.inputFrom(exampleText('technology', 'voucher-fix.json')));
const decisions = [{ by: 'wren.castellan' }];
const { report, facts } = await simulateRun(trade, change, { decisions });

test('a diff is read by file, with what is added and removed', () => {
  expect(readDiff(change.diff)).toMatchObject({
    whole: true,
    files: [
      {
        path: 'src/checkout/total.ts',
        removed: 1,
        added: [{}, {}, {}].map(() => expect.any(String)),
      },
      { path: 'src/checkout/total.test.ts', removed: 0 },
    ],
  });
});

test.each([
  ['a hunk that is cut short', change.diff.slice(0, 300)],
  ['a hunk with more lines than it says', change.diff.replace('-12,6 +12,8', '-12,6 +12,7')],
  ['a binary file', 'diff --git a/x.png b/x.png\nBinary files a/x.png and b/x.png differ\n'],
  ['words', 'Please deploy this.'],
  ['a hunk of no file', '@@ -1 +1 @@\n-a\n+b\n'],
])('%s is no whole diff', (_what, diff) => {
  expect(readDiff(diff).whole).toBe(false);
});

test('a line that begins with signs of a diff inside a hunk is a line', () => {
  const diff =
    'diff --git a/a.sql b/a.sql\n--- a/a.sql\n+++ b/a.sql\n@@ -1,1 +1,2 @@\n--- a comment\n+++ b\n+x\n';
  expect(readDiff(diff)).toEqual({
    whole: true,
    files: [{ path: 'a.sql', added: ['++ b', 'x'], removed: 1 }],
  });
});

test('the model is told no line of the diff', async () => {
  const texts = { summary: 'a', impact: 'b', verification: 'c' };
  const model = scriptedModel([{ value: texts }]);
  const { task } = caseFrom(planAgent, facts, { name: 'fix' });
  await planAgent.llm?.(task, agentContext({ model }));
  expect(JSON.stringify(model.requests)).not.toContain('pays anything back');
});

test('a secret in a line that is added blocks the run', async () => {
  const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
  const diff = change.diff
    .replace('let cents = 0;', 'let cents = 0;')
    .replace('cents += price', `x('${secret}') || price`);
  const { report: refused } = await simulateRun(trade, { ...change, diff }, { decisions });
  expect(refused.status).toBe('blocked');
  const failed = refused.verdicts.at(-1)?.checks.filter(({ outcome }) => outcome === 'fail');
  expect(failed?.map(({ id }) => id)).toEqual(['change.no-secrets']);
  expect(JSON.stringify(refused.verdicts)).not.toContain(secret);
});

test('what destroys data is risky, comes before the board, and needs a way to bring it back', async () => {
  const risky = Change.parse(trade.inputFrom(exampleText('technology', 'drop-legacy-basket.json')));
  const run = await simulateRun(trade, risky, { decisions });
  expect(run.report).toMatchObject({ status: 'waiting', phase: 'board' });
  expect(run.report.artifacts['analysis']).toMatchObject({ risk: 'high', destructive: 1 });
  const hopeful = { ...risky, rollback: ['Deploy the release before.'] };
  expect((await simulateRun(trade, hopeful, { decisions })).report.status).toBe('blocked');
});

test('the record holds what was approved, by whom, and under which incident', () => {
  expect(report.artifacts['record']).toMatchObject({
    incident: 'INC-5521',
    risk: 'low',
    deployment: { commit: '9b07d41c5e22' },
    approvals: [{ phase: 'approval', by: 'wren.castellan' }],
  });
});
