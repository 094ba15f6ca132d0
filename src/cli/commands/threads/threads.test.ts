import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openPlace, WHOLE_BRIEF } from '../../fixtures/run-command.ts';

const place = openPlace();
afterAll(() => place[Symbol.dispose]());

beforeAll(async () => {
  const words = ['run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'spring'];
  await place.phasegate(...words, '--approve-as', 'job');
  await place.phasegate('run', 'email-campaign', '--input', WHOLE_BRIEF, '--thread', 'open');
});

describe('threads', () => {
  test('lists where each thread stands, the latest first', async () => {
    const { out, exitCode } = await place.phasegate('threads');
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /open +email-campaign +waiting +confirmation[^]*spring +email-campaign +completed/,
    );
  });

  test('lists only those that stand in one way', async () => {
    const { value } = await place.json('threads', '--status', 'waiting');
    expect(value).toMatchObject({ threads: [{ thread: 'open' }] });
  });

  test('refuses a status that does not exist', async () => {
    expect(await place.phasegate('threads', '--status', 'lost')).toMatchObject({ exitCode: 2 });
  });
});

describe('show', () => {
  test('tells phases, gates, the script that approved, and artifacts', async () => {
    const { out } = await place.phasegate('show', 'spring');
    for (const text of [
      'completed',
      'requirements',
      'allow',
      'script "job" (no person decided)',
      'Artifacts',
    ]) {
      expect(out).toContain(text);
    }
  });

  test('shows what is to be decided about, and the commands that decide', async () => {
    const { out } = await place.phasegate('show', 'open');
    expect(out).toContain('Spring Starter Weeks');
    expect(out).toContain('phasegate approve open');
  });

  test('refuses a thread that is not there', async () => {
    const { exitCode, value } = await place.json('show', 'nobody');
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'APP_UNKNOWN_THREAD' } });
  });
});

describe('history, fork and replay', () => {
  interface Checkpoint {
    readonly checkpoint: string;
    readonly phase: string | null;
    readonly next: readonly string[];
  }
  const checkpoints = async (): Promise<readonly Checkpoint[]> => {
    const { value } = await place.json('history', 'spring');
    return (value as { checkpoints: readonly Checkpoint[] }).checkpoints;
  };
  const before = async (next: string): Promise<string> =>
    (await checkpoints()).findLast((entry) => entry.next.includes(next))?.checkpoint ?? '';

  test('lists every step in words', async () => {
    const { out } = await place.phasegate('history', 'spring');
    expect(out).toContain(await before('generation'));
    expect(out).toMatch(/completed/);
    expect(out).toContain(`${new Date().getUTCFullYear()}-`);
  });

  test('an approval given later does not count in a replay from before it', async () => {
    const { exitCode, value } = await place.json(
      'replay',
      'spring',
      '--from',
      await before('confirmation'),
    );
    expect(exitCode).toBe(3);
    expect(value).toMatchObject({ status: 'waiting', phase: 'confirmation' });
  });

  test('a fork stands where it was made and runs nothing', async () => {
    const { exitCode, value } = await place.json(
      'fork',
      'spring',
      '--from',
      await before('strategy'),
    );
    expect(exitCode).toBe(0);
    expect(value).toMatchObject({ status: 'forked', phase: 'requirements' });
    const { checkpoint } = value as { checkpoint: string };
    const shown = await place.phasegate('show', 'spring');
    expect(shown.out).toContain(`at the fork ${checkpoint}`);
    expect(shown.out).toContain(`replay spring --from ${checkpoint}`);
    expect((await place.phasegate('threads')).out).toMatch(/spring +email-campaign +forked/);
    expect((await place.phasegate('history', 'spring')).out).toMatch(/ forked /);
  });

  test.each(['replay', 'fork'])('%s refuses a checkpoint that is not there', async (command) => {
    const { exitCode, value } = await place.json(command, 'spring', '--from', 'nowhere');
    expect(exitCode).toBe(2);
    expect(value).toMatchObject({ error: { code: 'APP_UNKNOWN_CHECKPOINT' } });
  });
});
