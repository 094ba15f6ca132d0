import { expect, test } from 'vitest';

import { exampleText, simulateRun } from './fixtures/simulate-run.ts';
import { industries } from './index.ts';

/** Standards that are on by default, by trade. */
const ON: Readonly<Record<keyof typeof industries, readonly string[]>> = {
  'financial-services': ['sox', 'pci-dss', 'soc2', 'gdpr'],
  healthcare: ['hipaa', 'gdpr', 'soc2'],
  manufacturing: ['iso27001', 'soc2', 'custom'],
  government: ['fisma', 'iso27001'],
  technology: ['soc2', 'iso27001', 'gdpr'],
  general: ['custom', 'gdpr'],
};

test.each(Object.values(industries))('$id has the standards of its trade on', (trade) => {
  const bound = trade.describe().compliance?.standards ?? [];
  expect(bound.map(({ standard }) => standard.id)).toEqual(ON[trade.id as keyof typeof ON]);
});

test.each(Object.values(industries))(
  '$id sets no check aside without a reason, and holds runs by one at least',
  (trade) => {
    const { compliance, transitions } = trade.describe();
    for (const { notApplicable } of compliance?.standards ?? [])
      for (const reason of notApplicable.values()) expect(reason).toMatch(/\w+ \w+/);
    const ids = (compliance?.standards ?? []).map(({ standard }) => `${standard.id}.`);
    const holding = transitions
      .flatMap(({ gate }) => gate.bindings)
      .filter(({ check, mode }) => mode === 'deny' && ids.some((id) => check.id.startsWith(id)));
    expect(holding).not.toEqual([]);
  },
);

test('checks that hold a run pass on what completes; what needs facts of the installation is recorded', async () => {
  const trade = industries['financial-services'];
  const input = trade.inputFrom(exampleText(trade.id, 'expense-claim.json'));
  const { report } = await simulateRun(trade, input, { decisions: [{ by: 'ines.okafor' }] });
  expect(report.status).toBe('completed');
  const asked = report.verdicts.flatMap(({ checks }) => checks);
  const totals = asked.filter(({ id }) => id === 'sox.sox-08');
  expect(totals.map(({ outcome, mode }) => [outcome, mode])).toEqual([['pass', 'deny']]);
  const recorded = asked.filter(({ mode, outcome }) => mode === 'audit' && outcome !== 'pass');
  expect(recorded.map(({ id }) => id)).toContain('sox.sox-09');
});

test('totals that do not agree are refused by the standard, too', async () => {
  const trade = industries['financial-services'];
  const input = trade.inputFrom(exampleText(trade.id, 'claim-with-errors.json'));
  const { report } = await simulateRun(trade, input, { decisions: [] });
  const failed = report.verdicts
    .at(-1)
    ?.checks.filter(({ outcome, mode }) => outcome !== 'pass' && mode === 'deny');
  expect(failed?.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['payment.reconciled', 'sox.sox-08', 'soc2.soc2-12']),
  );
});
