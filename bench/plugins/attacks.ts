import { setTimeout as sleep } from 'node:timers/promises';

import { createIsolatedRuntime } from '../../src/plugins/index.ts';
import { GROUPS } from '../../test/integration/plugins/escapes/all-attacks.ts';
import { openBystander, runAttack } from '../../test/integration/plugins/escapes/run-attack.ts';
import { openSurroundings } from '../../test/integration/plugins/escapes/surroundings.ts';
import { medianOf } from '../measure/alternate.ts';
import { times, type PluginLine } from './measure.ts';

/** How long another plugin takes to answer while each attack of the escape suite goes on, one after the other. */
export async function attacked(share: number): Promise<readonly PluginLine[]> {
  const runtime = createIsolatedRuntime();
  const surroundings = await openSurroundings();
  const bystander = await openBystander(runtime);
  // What is measured is what attacks do, not a young process.
  await times(500, () => bystander.answers());
  const all = Object.values(GROUPS).flat();
  const attacks = all.slice(0, Math.ceil(all.length * Math.min(1, share)));
  const slowest: number[] = [];
  for (const attack of attacks) {
    const state = { isOver: false };
    const running = runAttack(runtime, attack, surroundings).finally(() => {
      state.isOver = true;
    });
    const answers: number[] = [];
    while (!state.isOver) {
      const asked = performance.now();
      // oxlint-disable-next-line no-await-in-loop
      await bystander.answers();
      answers.push(performance.now() - asked);
      // oxlint-disable-next-line no-await-in-loop
      await sleep(1);
    }
    // oxlint-disable-next-line no-await-in-loop
    await running;
    slowest.push(Math.max(...answers));
  }
  await runtime.close();
  await surroundings.close();
  const what = `Another plugin answered during each of ${attacks.length} attacks`;
  return [
    { what: `${what}, its slowest answer`, unit: 'ms', value: medianOf(slowest) },
    {
      what: `${what}, the slowest of all`,
      unit: 'ms',
      value: Math.max(...slowest),
      atMost: 100,
    },
  ];
}
