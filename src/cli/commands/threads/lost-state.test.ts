import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { eventKey, openEmbeddedAudit, type AuditKind } from '../../../audit/index.ts';
import { openPlace, WHOLE_BRIEF } from '../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

test('a thread that lost its state is refused with the command by which it goes on, and that command works', async () => {
  const run = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'spring'];
  const approved = [...run, '--approve-as', 'job'];
  expect(await place.phasegate(...approved)).toMatchObject({ exitCode: 0 });
  for (const file of ['state.db', 'state.db-wal', 'state.db-shm'])
    rmSync(join(place.directory, 'data', file), { force: true });

  const missing = expect.stringContaining('1 thread of the trail missing in the store: spring');
  for (const words of [
    ['show', 'spring'],
    ['history', 'spring'],
    ['approve', 'spring'],
  ])
    expect(await place.json(...words)).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'APP_THREAD_STATE_MISSING' } },
    });
  expect((await place.json('show', 'winter')).value).toMatchObject({
    error: { code: 'APP_UNKNOWN_THREAD' },
  });
  expect((await place.json('threads')).value).toMatchObject({ threads: [], missing: ['spring'] });
  const listed = (await place.phasegate('threads')).out;
  expect(listed).toContain('missing here: spring');
  expect(listed).not.toContain('No threads in');
  expect((await place.json('doctor')).value).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({ id: 'audit-missing', status: 'note', message: missing }),
    ]),
  });
  expect((await place.phasegate('audit', 'verify')).out).toMatch(
    /missing in the state store \(spring/,
  );

  const refused = await place.json(...approved);
  expect(refused.value).toMatchObject({ error: { code: 'WORKFLOW_STATE_BEHIND_TRAIL' } });
  const told = await place.phasegate(...approved);
  expect(told.exitCode).toBe(2);
  expect(told.err).not.toContain('Go on with: ');
  const [, ...command] = /"phasegate (replay) (spring) (--from) ([\w-]+)/.exec(refused.out) ?? [];
  expect(command).toHaveLength(4);
  expect(await place.phasegate(...command)).toMatchObject({ exitCode: 3 });
  expect(await place.phasegate(...approved)).toMatchObject({ exitCode: 0 });
  expect(await place.phasegate('audit', 'verify')).toMatchObject({ exitCode: 0 });
  expect((await place.json('threads')).value).not.toHaveProperty('missing');
});

test('more than ten threads that lost their state are counted, and those that are not named are told', async () => {
  using full = openPlace();
  const directory = join(full.directory, 'data');
  {
    await using audit = await openEmbeddedAudit({ directory });
    for (const letter of 'abcdefghijkl')
      for (const [kind, visit] of [
        ['run-started', 0],
        ['gate-verdict', 1],
      ] as const) {
        const thread = `t-${letter}`;
        const run = `r-${letter}`;
        const key = eventKey({ thread, visit: `${run}#${visit}@${visit}`, kind });
        const actor = { id: 'job', kind: 'service', authenticated: false } as const;
        const outcome = 'success';
        // oxlint-disable-next-line no-await-in-loop
        await audit.log.append({ key, kind, run, thread, actor, target: 'w', outcome });
      }
  }
  const { out } = await full.phasegate('threads');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('12 threads of the audit trail missing here: t-a');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('t-j and 2 more. "phasegate show THREAD"');
});

test('a thread that another program began anew in silence is told by "audit verify" and "doctor"', async () => {
  const directory = join(place.directory, 'data');
  await using audit = await openEmbeddedAudit({ directory });
  const told: readonly [AuditKind, string, number][] = [
    ['run-started', 'first', 0],
    ['gate-verdict', 'first', 1],
    ['run-started', 'second', 0],
  ];
  for (const [kind, run, visit] of told) {
    const key = eventKey({ thread: 'autumn', visit: `${run}#${visit}@${visit}`, kind });
    const actor = { id: 'job', kind: 'service', authenticated: false } as const;
    const target = 'email-campaign';
    await audit.log.append({ key, kind, run, thread: 'autumn', actor, target, outcome: 'success' });
  }
  const { out } = await place.phasegate('audit', 'verify');
  expect(out).toMatch(/Thread autumn was begun anew/);
  const doctor = await place.phasegate('doctor');
  expect(doctor.out).toMatch(/lost their state and were begun anew[^:]*: autumn/);
});
