import { expect, test } from 'vitest';

import { openModelServer } from './model-server.ts';
import { openConfiguredPlace, Result } from './place.ts';

/** A process is started and killed several times, on a machine that may be busy. */
const SLOW = { timeout: 480_000 };

test(
  'what calls may have cost whose process was killed counts against the budget of the run',
  SLOW,
  async () => {
    await using server = await openModelServer(() => ({ silent: true }));
    using place = openConfiguredPlace(server.origin, { maxTokens: 12_000 });
    let refused: string | undefined;
    for (let kills = 0; kills < 12 && refused === undefined; kills += 1) {
      const { child, ended } = place.campaign();
      const asked = server.reached(kills + 1).then(() => child.kill('SIGKILL'));
      const { code, out } = await Promise.race([ended, asked.then(() => ended)]);
      if (code !== null) refused = Result.parse(JSON.parse(out)).error?.code;
    }
    expect(refused).toBe('MODEL_BUDGET_SPENT');
    expect(server.asked.length).toBeGreaterThan(0);
  },
);
