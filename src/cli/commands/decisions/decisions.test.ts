import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CONTRADICTORY_BRIEF, openPlace, WHOLE_BRIEF } from '../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

/** Brings a thread to where it waits. */
async function waiting(thread: string, brief: string = WHOLE_BRIEF): Promise<string> {
  const words = ['run', 'email-campaign', '--input', brief, '--thread', thread];
  expect(await place.phasegate(...words)).toMatchObject({ exitCode: 3 });
  return thread;
}

describe('approve', () => {
  test('goes on to the end, as the user of the system', async () => {
    const { exitCode, value } = await place.json(
      'approve',
      await waiting('yes'),
      '--comment',
      'Fine.',
    );
    expect(exitCode).toBe(0);
    expect(value).toMatchObject({
      status: 'completed',
      approvals: [
        { comment: 'Fine.', by: { kind: 'person', authenticated: true, source: 'os-user' } },
      ],
    });
  });

  test('as a script is recorded as a script', async () => {
    const { value } = await place.json('approve', await waiting('script'), '--as', 'release-job');
    expect(value).toMatchObject({ approvals: [{ by: { id: 'release-job', kind: 'script' } }] });
  });

  test('refuses a thread that has ended', async () => {
    const { exitCode, value } = await place.json('approve', 'yes');
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'APP_NOT_WAITING' } });
  });

  test('refuses a thread that is not there', async () => {
    const { exitCode, err } = await place.phasegate('approve', 'nobody');
    expect(exitCode).toBe(2);
    expect(err).toContain('phasegate threads');
  });

  test('carries no contradiction past the gate', async () => {
    const { exitCode, value } = await place.json(
      'approve',
      await waiting('torn', CONTRADICTORY_BRIEF),
    );
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'APP_NOT_WAITING' } });
  });
});

test('reject sends the comment back, and the changed plan comes to the person again', async () => {
  const thread = await waiting('no');
  const { exitCode, value } = await place.json('reject', thread, '--comment', 'Make it two emails');
  expect(exitCode).toBe(3);
  expect(value).toMatchObject({ status: 'waiting', phase: 'confirmation', approvals: [] });
  const { artifacts } = value as { artifacts: { strategy: { sequence: readonly unknown[] } } };
  expect(artifacts.strategy.sequence).toHaveLength(2);
});

test('a run that was rejected too often is blocked, says why, and ends with 4', async () => {
  const thread = await waiting('never');
  let last = await place.phasegate('reject', thread, '--comment', 'No.');
  for (let attempt = 2; attempt <= 12 && last.exitCode === 3; attempt += 1) {
    last = await place.phasegate('reject', thread, '--comment', 'No.');
  }
  expect(last).toMatchObject({ exitCode: 4, err: '' });
  expect(last.out).toContain('✖ Blocked');
  expect(last.out).toContain('phasegate history never');
  expect(await place.phasegate('approve', thread)).toMatchObject({ exitCode: 2 });
});

describe('edit', () => {
  let plan = { title: '' };
  beforeAll(async () => {
    const { out } = await place.phasegate('edit', await waiting('edited'), '--print');
    plan = JSON.parse(out) as typeof plan;
  });

  test('refuses a file that does not fit, with the place, and sends nothing', async () => {
    const file = place.file('bad.json', JSON.stringify({ ...plan, title: 7 }));
    const { exitCode, err } = await place.phasegate('edit', 'edited', '--file', file);
    expect(exitCode).toBe(2);
    expect(err).toContain('title');
    expect((await place.json('show', 'edited')).value).toMatchObject({ status: 'waiting' });
  });

  test('that the gate sends back is shown as sent back, and as approved by nobody', async () => {
    const thread = await waiting('sent-back');
    const { out } = await place.phasegate('edit', thread, '--print');
    const strategy = JSON.parse(out) as { readonly sequence: readonly { dayOffset: number }[] };
    for (const step of strategy.sequence) step.dayOffset += 5000;
    const file = place.file('late.json', JSON.stringify(strategy));
    const edited = await place.json('edit', thread, '--file', file);
    expect(edited).toMatchObject({ exitCode: 3, value: { status: 'waiting', approvals: [] } });
    const shown = await place.phasegate('show', thread);
    expect(shown.out).toContain('revise confirmation → generation');
    expect(shown.out).not.toContain('approved confirmation');
    const again = await place.json('edit', thread, '--file', place.file('as-it-was.json', out));
    expect(again.value).toMatchObject({ status: 'completed' });
    expect((again.value as { approvals: readonly unknown[] }).approvals).toHaveLength(1);
  });

  test('refuses a file that is not JSON', async () => {
    const { exitCode, value } = await place.json(
      'edit',
      'edited',
      '--file',
      place.file('x.json', '{'),
    );
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'CLI_INVALID_ANSWER_FILE' } });
  });

  test('asks for a file where there is no terminal', async () => {
    expect(await place.json('edit', 'edited')).toMatchObject({
      exitCode: 2,
      value: { error: { code: 'CLI_NOT_INTERACTIVE' } },
    });
  });

  test('goes on with the edited version', async () => {
    const file = place.file('plan.json', JSON.stringify({ ...plan, title: 'Another title' }));
    const { exitCode, value } = await place.json('edit', 'edited', '--file', file);
    expect(exitCode).toBe(0);
    expect(value).toMatchObject({
      artifacts: { confirmation: { decision: 'edited', strategy: { title: 'Another title' } } },
    });
  });
});

describe('respond', () => {
  test('with a comment asks for changes', async () => {
    const thread = await waiting('changes');
    const { exitCode, value } = await place.json(
      'respond',
      thread,
      '--comment',
      'Only three emails',
    );
    expect(exitCode).toBe(3);
    expect(value).toMatchObject({ phase: 'confirmation', approvals: [] });
  });

  test('answers questions one by one or by a file, and the rest are asked again', async () => {
    const thread = await waiting('asked', CONTRADICTORY_BRIEF);
    const form = JSON.parse((await place.phasegate('respond', thread, '--print')).out) as object;
    const [[first, options] = ['', ''], ...rest] = Object.entries(form) as [string, string][];
    const [choice = ''] = options.split(' | ');
    const { exitCode, value } = await place.json(
      'respond',
      thread,
      '--answer',
      `${first}=${choice}`,
    );
    expect(exitCode).toBe(3);
    const open = questionsIn(value);
    expect(open).not.toContain(first);
    expect(open.length).toBeGreaterThan(0);
    const chosen = rest.filter(([id, all]) => open.includes(id) && all !== '');
    const answers = Object.fromEntries(chosen.map(([id, all]) => [id, all.split(' | ')[0]]));
    const file = place.file('answers.json', JSON.stringify(answers));
    const second = await place.json('respond', thread, '--answers', file);
    expect([0, 3]).toContain(second.exitCode);
    expect(questionsIn(second.value).filter((id) => id in answers)).toEqual([]);
  });

  test('refuses answers to what is not asked, naming what is', async () => {
    const { exitCode, err } = await place.phasegate('respond', 'torn', '--answer', 'colour=red');
    expect(exitCode).toBe(2);
    expect(err).toContain('contradiction-');
  });

  test.each([[['--answer', 'a=b', '--comment', 'c']], [['--answer', 'nothing']]])(
    'refuses %j',
    async (words) => {
      expect(await place.phasegate('respond', 'torn', ...words)).toMatchObject({ exitCode: 2 });
    },
  );
});

function questionsIn(value: unknown): readonly string[] {
  const { interrupt } = value as {
    interrupt?: { value: { phasegate: { questions?: readonly { id: string }[] } } };
  };
  return (interrupt?.value.phasegate.questions ?? []).map(({ id }) => id);
}
