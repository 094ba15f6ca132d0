import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { openSqliteAudit } from '../../../audit/index.ts';
import { openPlace, WHOLE_BRIEF, type Place } from '../../fixtures/run-command.ts';

const Shown = z.object({
  entries: z.array(
    z.object({
      seq: z.number(),
      entry: z.looseObject({
        at: z.string(),
        where: z.string(),
        event: z.looseObject({
          kind: z.string(),
          outcome: z.string(),
          target: z.string(),
          actor: z.looseObject({ id: z.string(), onBehalfOf: z.string().optional() }),
        }),
      }),
    }),
  ),
});
const Receipt = z.object({
  entries: z.array(
    z.object({
      event: z.looseObject({
        kind: z.string(),
        input: z.string().optional(),
        output: z.string().optional(),
        policy: z.string().optional(),
      }),
    }),
  ),
});
const DIGEST: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
type Entries = z.infer<typeof Shown>['entries'];

const run = (thread: string): string[] => [
  'run',
  'email-campaign',
  '--input',
  WHOLE_BRIEF,
  '--thread',
  thread,
  '--approve-as',
  'job',
];

async function shown(place: Place, thread: string): Promise<Entries> {
  return Shown.parse((await place.json('audit', 'show', thread)).value).entries;
}

const linesOf = (entries: Entries): string[] =>
  entries.map(({ entry: { event } }) => `${event.kind} ${event.outcome} ${event.target}`);

/** Before a tool is called, and after. */
const used = (tool: string): readonly string[] => [
  `access pending ${tool}`,
  `access success ${tool}`,
];

/** One for each date of the plan. */
const STRATEGY_TOOLS = Array.from({ length: 4 }, () => used('phasegate_deadlines__explain')).flat();

const CAMPAIGN = [
  'run-started success email-campaign',
  'phase-entered success requirements',
  'phase-left success requirements',
  'gate-verdict allow requirements -> strategy',
  'phase-entered success strategy',
  ...STRATEGY_TOOLS,
  'phase-left success strategy',
  'gate-verdict allow strategy -> confirmation',
  'phase-entered success confirmation',
  'approval allow approve-strategy',
  'phase-left success confirmation',
  'gate-verdict allow confirmation -> generation',
  'phase-entered success generation',
  ...used('phasegate_email-law__honest-subject'),
  ...used('phasegate_email-law__unsubscribe'),
  ...used('phasegate_email-law__sender-address'),
  'phase-left success generation',
  'gate-verdict allow generation -> completed',
  'run-ended success email-campaign',
  'effect pending files of email-campaign',
  'effect success files of email-campaign',
];

describe('a campaign that was run', () => {
  const place = openPlace();
  const data = join(place.directory, 'data');
  const key = join(data, 'audit.key.pub');
  afterAll(() => place[Symbol.dispose]());
  beforeAll(async () => {
    expect(await place.phasegate(...run('spring'))).toMatchObject({ exitCode: 0 });
  });

  test('is recorded from its beginning to the files that it wrote, each event once', async () => {
    expect(linesOf(await shown(place, 'spring'))).toEqual(CAMPAIGN);
    // The same command again finds the run completed and the files as they are.
    expect(await place.phasegate(...run('spring'))).toMatchObject({ exitCode: 0 });
    expect(linesOf(await shown(place, 'spring'))).toEqual(CAMPAIGN);
  });

  test('says who, on whose behalf, when and where, with digests instead of what was said', async () => {
    const entries = await shown(place, 'spring');
    const approval = entries.find(({ entry }) => entry.event.kind === 'approval');
    expect(approval?.entry.event.actor).toMatchObject({ id: 'job', kind: 'script' });
    for (const { entry } of entries) {
      expect(entry.at).toMatch(/^\d{4}-.*Z$/);
      expect(entry.where).toMatch(/.\/\d+$/);
      expect(entry.event.actor.onBehalfOf ?? entry.event.actor.id).not.toBe('');
    }
    const words = readFileSync(WHOLE_BRIEF, 'utf8').match(/[A-Za-z]{9,}/g) ?? [];
    const text = JSON.stringify(entries);
    const told = words.filter((word) => text.includes(word) && !text.includes(`${word}/`));
    expect(
      told.filter((word) => !/confirmation|generation|requirements|unsubscribe/.test(word)),
    ).toEqual([]);
  });

  test('verifies, and its receipt verifies offline', async () => {
    expect(await place.phasegate('audit', 'verify')).toMatchObject({ exitCode: 0 });
    const file = join(place.directory, 'receipt.json');
    await place.phasegate('audit', 'receipt', 'spring', '--out', file);
    const { exitCode, value } = await place.json(
      'audit',
      'verify',
      '--receipt',
      file,
      '--key',
      key,
    );
    expect(exitCode).toBe(0);
    expect(value).toMatchObject({ ok: true, complete: true });
    const events = Receipt.parse(value).entries.map(({ event }) => event);
    expect(events).toHaveLength(29);
    const of = (kind: string): typeof events => events.filter((event) => event.kind === kind);
    // What went into the run, what each phase made of it, what each gate judged, and what the person was shown.
    const [begun] = of('run-started');
    expect(begun).toMatchObject({ input: DIGEST });
    const made = of('phase-left').map(({ output }) => output);
    expect(made).toEqual([DIGEST, DIGEST, DIGEST, DIGEST]);
    const judgedFacts = of('gate-verdict').map(({ input }) => input);
    expect(judgedFacts).toEqual([DIGEST, DIGEST, DIGEST, DIGEST]);
    expect(of('approval')).toMatchObject([
      { outcome: 'allow', input: made[1], actor: { id: 'job' } },
    ]);
    expect(of('run-ended')).toMatchObject([{ input: begun?.input, output: DIGEST }]);
    const judged = [...of('gate-verdict'), ...of('approval')];
    expect(judged.map(({ policy }) => policy)).toEqual(judged.map(() => DIGEST));
  });

  test('is told as changed, with the entry, when somebody edits a row', async () => {
    const [, , , verdict] = await shown(place, 'spring');
    const database = await openSqliteAudit({ path: join(data, 'audit.db') });
    await sql`update audit_entries set body = replace(body, '"allow"', '"deny"')
      where kind = 'gate-verdict' and seq = ${verdict?.seq}`.execute(database.reader);
    await database.close();
    const { exitCode, out } = await place.phasegate('audit', 'verify');
    expect(exitCode).toBe(4);
    expect(out).toContain(`entry ${verdict?.seq} edited`);
  });
});

test('a replay is recorded with who made it, and everything that runs again', async () => {
  using place = openPlace();
  await place.phasegate(...run('spring'));
  const Checkpoints = z.object({
    checkpoints: z.array(z.object({ checkpoint: z.string(), phase: z.string().nullable() })),
  });
  const { checkpoints } = Checkpoints.parse((await place.json('history', 'spring')).value);
  const from = checkpoints.find(({ phase }) => phase === 'requirements')?.checkpoint ?? '';
  expect(await place.phasegate('replay', 'spring', '--from', from)).toMatchObject({ exitCode: 3 });
  const again = linesOf(await shown(place, 'spring')).slice(CAMPAIGN.length);
  expect(again).toEqual([
    'effect success head of the thread',
    'gate-verdict allow requirements -> strategy',
    'phase-entered success strategy',
    ...STRATEGY_TOOLS,
    'phase-left success strategy',
    'gate-verdict allow strategy -> confirmation',
    'phase-entered success confirmation',
  ]);
  expect(await place.phasegate('audit', 'verify')).toMatchObject({ exitCode: 0 });
});

describe('where nothing can be recorded', () => {
  test('no run begins, and it goes on once the trail is mended', async () => {
    using place = openPlace();
    const checkpoints = join(place.directory, 'data', 'audit.checkpoints.jsonl');
    // Something in the place of the file, so that nothing can be written there.
    mkdirSync(checkpoints, { recursive: true });
    const { exitCode, value } = await place.json(...run('spring'));
    expect(exitCode).toBe(1);
    expect(value).toMatchObject({ error: { code: 'AUDIT_CHECKPOINT_FILE', retryable: true } });
    rmSync(checkpoints, { recursive: true });
    expect(await place.phasegate(...run('spring'))).toMatchObject({ exitCode: 0 });
    expect(linesOf(await shown(place, 'spring'))).toEqual(CAMPAIGN);
  });

  test('a person’s answer does not count, and counts when it is given again', async () => {
    using place = openPlace();
    const words = run('spring').slice(0, -2);
    expect(await place.phasegate(...words)).toMatchObject({ exitCode: 3 });
    const checkpoints = join(place.directory, 'data', 'audit.checkpoints.jsonl');
    rmSync(checkpoints);
    mkdirSync(checkpoints);
    expect(await place.phasegate('approve', 'spring')).toMatchObject({ exitCode: 1 });
    rmSync(checkpoints, { recursive: true });
    expect(await place.phasegate(...words)).toMatchObject({ exitCode: 3 });
    expect(await place.phasegate('approve', 'spring')).toMatchObject({ exitCode: 0 });
    const lines = linesOf(await shown(place, 'spring'));
    expect(lines).toEqual(CAMPAIGN);
  });
});
