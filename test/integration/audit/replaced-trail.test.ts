import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { MessagesAnnotation, StateGraph } from '@langchain/langgraph';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { openSqliteAudit } from '../../../src/audit/store/open-sqlite.ts';
import { openPlace, WHOLE_BRIEF, type Place } from '../../../src/cli/fixtures/run-command.ts';
import { openEmbeddedStorage } from '../../../src/storage/index.ts';

const SLOW = { timeout: 240_000 };
const run = (place: Place, thread: string): ReturnType<Place['json']> =>
  place.json('run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', thread);

/** What the three commands that look say of the trail. */
async function warnings(place: Place, thread: string) {
  const verified = await place.json('audit', 'verify');
  const { findings } = (await place.json('doctor')).value as {
    findings: readonly { id: string; status: string; message: string }[];
  };
  return {
    verified: verified.value,
    exitCode: verified.exitCode,
    printed: (await place.phasegate('audit', 'verify')).out,
    doctor: findings.find(({ id }) => id === 'audit-threads'),
    shown: (await place.phasegate('show', thread)).out,
    shownJson: (await place.json('show', thread)).value,
    audited: (await place.json('audit', 'show', thread)).value,
  };
}

test('a trail that tells of every thread is not warned of', SLOW, async () => {
  using place = openPlace();
  await run(place, 'spring');
  const seen = await warnings(place, 'spring');
  expect(seen.verified).toMatchObject({ ok: true, unrecorded: { kind: 'compared', threads: [] } });
  expect(seen.doctor).toMatchObject({ status: 'ok' });
  expect(`${seen.printed}${seen.shown}`).not.toMatch(/nowhere in the trail|never mentions/);
  expect(seen.shownJson).not.toHaveProperty('recorded');
});

test('threads of the store that a replaced trail never mentions are named', SLOW, async () => {
  using place = openPlace();
  await run(place, 'spring');
  const data = join(place.directory, 'data');
  for (const name of readdirSync(data).filter((file) => file.startsWith('audit.')))
    rmSync(join(data, name));
  await run(place, 'autumn');
  const seen = await warnings(place, 'spring');
  // The new trail is whole as far as it goes; what it does not tell of is a warning.
  expect(seen).toMatchObject({
    exitCode: 0,
    verified: { ok: true, unrecorded: { threads: ['spring'] } },
    doctor: { status: 'note', message: expect.stringContaining('spring') },
    shownJson: { recorded: false },
    audited: {
      error: {
        code: 'APP_NOTHING_RECORDED',
        message: expect.stringContaining('never mentions it'),
      },
    },
  });
  expect(seen.printed).toMatch(/1 thread .* nowhere in the trail \(spring\)/);
  expect(seen.shown).toContain('The audit trail never mentions this thread');
});

test('a thread that another program put into the store is named', SLOW, async () => {
  using place = openPlace();
  await run(place, 'spring');
  {
    await using storage = await openEmbeddedStorage({ directory: join(place.directory, 'data') });
    const graph = new StateGraph(MessagesAnnotation)
      .addNode('say', () => ({ messages: [] }))
      .addEdge('__start__', 'say')
      .compile({ checkpointer: storage.checkpointer });
    await graph.invoke({ messages: [] }, { configurable: { thread_id: 'foreign' } });
  }
  const { value } = await place.json('audit', 'verify');
  expect(value).toMatchObject({ ok: true, unrecorded: { threads: ['foreign'] } });
});

/** What doctor says of the trail. */
async function examined(place: Place): Promise<object | undefined> {
  const { exitCode, value } = await place.json('doctor');
  const { findings } = value as { findings: readonly { id: string }[] };
  return { exitCode, ...findings.find(({ id }) => id === 'audit') };
}

test('a trail that is gone is still gone after a run was refused for it', SLOW, async () => {
  using place = openPlace();
  await run(place, 'spring');
  for (const name of ['audit.db', 'audit.db-wal', 'audit.db-shm'])
    rmSync(join(place.directory, 'data', name), { force: true });
  const refused = await run(place, 'autumn');
  expect(refused.value).toMatchObject({ error: { code: 'AUDIT_TRAIL_GONE' } });
  expect(await examined(place)).toMatchObject({
    exitCode: 1,
    status: 'problem',
    message: expect.stringContaining('is gone'),
  });
});

test('a trail that was changed is a problem, with the first place', SLOW, async () => {
  using place = openPlace();
  await run(place, 'spring');
  expect(await examined(place)).toMatchObject({ exitCode: 0, status: 'ok' });
  const { reader, close } = await openSqliteAudit({
    path: join(place.directory, 'data', 'audit.db'),
  });
  await reader
    .updateTable('audit_entries')
    .set({ body: sql<string>`replace(body, 'allow', 'deny')` })
    .where('seq', '=', 4)
    .execute();
  await close();
  expect(await examined(place)).toMatchObject({
    exitCode: 1,
    status: 'problem',
    message: expect.stringContaining('main, entry 4: edited'),
  });
});
