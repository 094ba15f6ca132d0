import { setTimeout as sleep } from 'node:timers/promises';

import { createIsolatedRuntime } from '../../src/plugins/index.ts';
import type { Attack } from '../../test/integration/plugins/escapes/attack.ts';
import { GROUPS } from '../../test/integration/plugins/escapes/all-attacks.ts';
import { openBystander, runAttack } from '../../test/integration/plugins/escapes/run-attack.ts';
import { openSurroundings } from '../../test/integration/plugins/escapes/surroundings.ts';
import { medianOf } from '../measure/alternate.ts';
import { times, type PluginLine } from './measure.ts';

const AT_MOST_MS = 100;

/** How long another plugin takes to answer while each attack of the escape suite goes on, one after the other. */
export async function attacked(share: number): Promise<readonly PluginLine[]> {
  const runtime = createIsolatedRuntime();
  const surroundings = await openSurroundings();
  const bystander = await openBystander(runtime);
  // What is measured is what attacks do, not a young process.
  await times(500, () => bystander.answers());
  const all = Object.values(GROUPS).flat();
  const attacks = all.slice(0, Math.ceil(all.length * Math.min(1, share)));
  const slowestDuring = async (attack: Attack): Promise<number> => {
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
    await running;
    return Math.max(...answers);
  };
  const slowest: number[] = [];
  for (const attack of attacks) {
    // oxlint-disable-next-line no-await-in-loop
    const took = [await slowestDuring(attack)];
    // A machine that is busy with something else delays any answer: the middle of three tells what the attack does.
    while (took.length < 3 && Math.max(...took) > AT_MOST_MS)
      // oxlint-disable-next-line no-await-in-loop
      took.push(await slowestDuring(attack));
    slowest.push(medianOf(took));
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
      atMost: AT_MOST_MS,
    },
  ];
}
