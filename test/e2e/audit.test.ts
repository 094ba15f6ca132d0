import { setTimeout as wait } from 'node:timers/promises';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { campaign, openPlace, type Ended, type Place } from './phasegate.ts';

/** Several runs one after another, on a machine that may be busy. */
const SLOW = { timeout: 240_000 };
const Shown = z.object({
  entries: z.array(
    z.object({
      entry: z.looseObject({
        event: z.looseObject({
          kind: z.string(),
          outcome: z.string(),
          target: z.string(),
          key: z.string(),
          run: z.string().optional(),
        }),
      }),
    }),
  ),
});

const run = (thread: string): readonly string[] => [...campaign(thread), '--approve-as', 'ci'];

/** What was recorded of the run that ended, or of the files that it wrote. */
async function recorded(place: Place, thread: string): Promise<readonly string[]> {
  const { entries } = Shown.parse(
    JSON.parse((await place.run('audit', 'show', thread, '--json')).out),
  );
  const events = entries.map(({ entry }) => entry.event);
  const last = events.findLast(({ kind }) => kind === 'run-ended')?.run;
  // A process that is killed before its input is kept leaves a run that never went on.
  const own = events.filter((event) => event.run === last || event.run === undefined);
  expect(new Set(own.map(({ key }) => key)).size).toBe(own.length);
  return own.map(({ kind, outcome, target }) => `${kind} ${outcome} ${target}`);
}

test(
  'killed at any moment and run again, a run is recorded without a gap and nothing twice, and the trail verifies',
  SLOW,
  async () => {
    using place = openPlace();
    const calm = await place.run(...run('calm'));
    expect(calm).toMatchObject({ code: 0 });
    const moments = 8;
    let last: Ended | undefined;
    for (let moment = 1; moment <= moments && typeof last?.code !== 'number'; moment += 1) {
      const { child, ended } = place.start(run('killed'));
      const kill = wait((calm.ms * moment) / (moments + 1)).then(() => child.kill('SIGKILL'));
      last = await ended;
      await kill;
    }
    if (typeof last?.code !== 'number') last = await place.run(...run('killed'));
    expect(last).toMatchObject({ code: 0 });
    expect(await recorded(place, 'killed')).toEqual(await recorded(place, 'calm'));
    const verified = await place.run('audit', 'verify', '--json');
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
    await place.run('audit', 'receipt', 'killed', '--out', 'receipt.json');
    const words = ['--receipt', 'receipt.json', '--key', '.phasegate/audit.key.pub', '--json'];
    const receipt = await place.run('audit', 'verify', ...words);
    expect(JSON.parse(receipt.out)).toMatchObject({ ok: true, complete: true });
  },
);
