import { expect, test } from 'vitest';

import { pluginKinds, type PluginHost } from '../../src/plugins/index.ts';
import { agentContext, agentTask } from '../../src/testing/index.ts';
import { NO_TOOLS } from '../../src/workflow/index.ts';
import { retail } from './fixtures/requirements-fixtures.ts';
import { simulateStrategy } from './simulated/simulate-strategy.ts';
import { onWorkingDays } from './working-days.ts';

/** The deadlines that come with Phasegate, without a registry before them. */
const call = async (entry: string, input: Parameters<typeof NO_TOOLS.call>[1]) => {
  const [id, operation = ''] = entry.split('/');
  const { builtIns } = pluginKinds['business-rule'];
  const plugin = builtIns.find(({ manifest }) => manifest.id === id);
  // It asks its host for nothing.
  return await plugin?.module?.execute(operation, input, {} as PluginHost);
};
const task = {
  ...agentTask({ input: { brief: 'x' }, artifacts: { requirements: retail } }),
  previous: undefined,
};

test('a send window that ends on a weekend ends on the Friday before; others stay', async () => {
  expect(agentContext().tools).toBe(NO_TOOLS);
  const plan = simulateStrategy(task);
  const [first] = plan.sequence;
  if (first === undefined) throw new Error('The plan has steps.');
  const endingOn = (notAfter: string) => ({ ...plan, sequence: [{ ...first, notAfter }] });
  const moved = async (date: string) =>
    (await onWorkingDays(endingOn(date), retail, { call })).sequence[0]?.notAfter;
  // What closes, closes on Sunday, 31 October.
  expect(await Promise.all(['2027-10-30', '2027-10-31', '2027-10-25'].map(moved))).toEqual([
    '2027-10-29',
    '2027-10-29',
    '2027-10-25',
  ]);
});

test('a plan stays as it is where nobody can count', async () => {
  const plan = simulateStrategy(task);
  expect(await onWorkingDays(plan, retail, NO_TOOLS)).toBe(plan);
});
