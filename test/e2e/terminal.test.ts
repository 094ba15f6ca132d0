import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

import { describe, expect, test } from 'vitest';

import {
  bin,
  CONTRADICTORY_BRIEF,
  openPlace,
  openSilentServer,
  WHOLE_BRIEF,
  type Ended,
  type Place,
} from './phasegate.ts';

const ENTER = '\r';
const DOWN = '\u001B[B';

/** The command at a pseudo-terminal, which `script` of util-linux makes. */
interface Session {
  readonly sees: (text: string) => Promise<void>;
  /** Waits for a prompt that comes after `text`: what is typed before a prompt is up, nobody reads as keys. */
  readonly seesBehind: (text: string, prompt: string) => Promise<void>;
  readonly types: (keys: string) => void;
  readonly ended: Promise<Ended>;
}

function atTerminal(
  place: Place,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Session {
  const line = [process.execPath, bin, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn(
    'script',
    ['-qec', `stty cols 110 rows 50; echo $$ > pid; exec ${line}`, '/dev/null'],
    {
      cwd: place.directory,
      env: { ...process.env, TERM: 'xterm-256color', ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const { says, ended } = place.follow(child);
  let heard = '';
  child.stdout.on('data', (bytes: Buffer | string) => (heard += bytes.toString()));
  const seesBehind = async (text: string, prompt: string): Promise<void> => {
    await says(text);
    while (!heard.slice(heard.indexOf(text)).includes(prompt)) await delay(10);
  };
  return { sees: says, seesBehind, ended, types: (keys) => child.stdin.write(keys) };
}

const run = (brief: string, thread: string): readonly string[] => [
  'run',
  'email-campaign',
  '--input',
  brief,
  '--thread',
  thread,
];

test('shows phases and gates as they come, shows the plan, and takes an approval', async () => {
  using place = openPlace();
  const session = atTerminal(place, run(WHOLE_BRIEF, 'live'));
  await session.sees('What do you decide?');
  session.types(ENTER);
  const { code, out } = await session.ended;
  const text = stripVTControlCharacters(out);
  expect(code).toBe(0);
  for (const shown of [
    '✔ requirements',
    'gate strategy → confirmation: open',
    'Campaign plan',
    '✔ generation',
    'Completed',
  ]) {
    expect(text).toContain(shown);
  }
  expect(out).toContain('\u001B[');
});

test('takes a rejection with a comment, and shows what the next plan changed', async () => {
  using place = openPlace();
  const session = atTerminal(place, run(WHOLE_BRIEF, 'no'));
  await session.sees('What do you decide?');
  session.types(DOWN + DOWN + DOWN + ENTER);
  await session.sees('Why?');
  session.types(`Make it two emails${ENTER}`);
  await session.sees('sends it back for revision');
  await session.sees('attempt 2');
  await session.seesBehind('Make it two emails”', 'What do you decide?');
  session.types(`${DOWN.repeat(4)}${ENTER}`);
  expect(await session.ended).toMatchObject({ code: 3 });
});

test('asks the questions of a brief one after another, with their options', async () => {
  using place = openPlace();
  const session = atTerminal(place, run(CONTRADICTORY_BRIEF, 'torn'));
  await session.sees('1/11');
  session.types(ENTER);
  await session.sees('2/11');
  session.types('\u0003');
  const { code, out } = await session.ended;
  expect(code).toBe(3);
  expect(stripVTControlCharacters(out)).toContain('respond torn --print');
});

describe('Ctrl-C', () => {
  test.each([
    ['respond', '1/11', CONTRADICTORY_BRIEF],
    ['edit', 'What do you decide?', WHOLE_BRIEF],
  ])(
    'at a question of "%s" leaves the run waiting, says how to go on, and ends with 3',
    async (command, question, brief) => {
      using place = openPlace();
      expect(await place.run(...run(brief, 'later'))).toMatchObject({ code: 3 });
      const session = atTerminal(place, [command, 'later'], { EDITOR: 'true', VISUAL: '' });
      await session.sees(question);
      session.types('\u0003');
      const { code, out } = await session.ended;
      expect(code).toBe(3);
      const said = stripVTControlCharacters(out);
      expect(said).toContain('Waits for');
      expect(said).toMatch(/look at it +.*show later/);
    },
  );

  test('while a model works stops it, says how to go on, and ends with 130', async () => {
    using place = openPlace();
    await using server = await openSilentServer();
    const asked = server.asked();
    const session = atTerminal(place, [...run(WHOLE_BRIEF, 'busy'), '--model', 'local'], {
      OLLAMA_BASE_URL: `${server.url}/v1`,
    });
    await asked;
    session.types('\u0003');
    const { code, out } = await session.ended;
    expect(code).toBe(130);
    expect(stripVTControlCharacters(out)).toMatch(/Stopped.*Go on with: .*--thread busy/);
  });
});

test('a signal that comes while it asks ends it with 143, and the run still waits', async () => {
  using place = openPlace();
  const session = atTerminal(place, run(WHOLE_BRIEF, 'ended'));
  await session.sees('What do you decide?');
  process.kill(Number(readFileSync(join(place.directory, 'pid'), 'utf8')), 'SIGTERM');
  expect(await session.ended).toMatchObject({ code: 143 });
  expect(await place.run('approve', 'ended')).toMatchObject({ code: 0 });
});

test('stopped between questions, it offers what was answered when it is asked again', async () => {
  using place = openPlace();
  const first = atTerminal(place, run(CONTRADICTORY_BRIEF, 'kept'));
  await first.sees('1/11');
  first.types(DOWN + ENTER);
  await first.sees('2/11');
  first.types('\u0003');
  await first.ended;
  const draft = (): unknown =>
    JSON.parse(readFileSync(join(place.directory, '.phasegate/drafts/kept.json'), 'utf8'));
  const kept = draft();
  expect(Object.keys(Object(kept))).toHaveLength(1);
  const second = atTerminal(place, run(CONTRADICTORY_BRIEF, 'kept'));
  await second.sees('stands there again');
  await second.sees('1/11');
  second.types(ENTER);
  await second.sees('2/11');
  second.types('\u0003');
  await second.ended;
  expect(draft()).toEqual(kept);
});

test('takes a comment of two pasted paragraphs as one', async () => {
  using place = openPlace();
  const session = atTerminal(place, run(WHOLE_BRIEF, 'pasted'));
  await session.sees('What do you decide?');
  session.types(DOWN + DOWN + DOWN + ENTER);
  await session.sees('Why?');
  session.types(`Make it two emails.\r\rAnd write less${ENTER}`);
  await session.seesBehind('And write less”', 'What do you decide?');
  session.types(`${DOWN.repeat(4)}${ENTER}`);
  expect(await session.ended).toMatchObject({ code: 3 });
});

test('opens the editor of the person, refuses what does not fit, and takes what does', async () => {
  using place = openPlace();
  const editor = join(place.directory, 'editor.mjs');
  writeFileSync(
    editor,
    `import { readFileSync, writeFileSync } from 'node:fs';
     const file = process.argv[2];
     const plan = JSON.parse(readFileSync(file, 'utf8'));
     plan.title = plan.title === 7 ? 'Edited title' : 7;
     writeFileSync(file, JSON.stringify(plan));`,
  );
  const session = atTerminal(place, run(WHOLE_BRIEF, 'edit'), {
    EDITOR: `"${process.execPath}" "${editor}"`,
    VISUAL: '',
  });
  await session.sees('What do you decide?');
  session.types(DOWN + ENTER);
  await session.sees('Go on editing?');
  session.types(ENTER);
  expect(await session.ended).toMatchObject({ code: 0 });
  const { out } = await place.run('show', 'edit', '--json');
  expect(JSON.parse(out)).toMatchObject({
    artifacts: { confirmation: { decision: 'edited', strategy: { title: 'Edited title' } } },
  });
});

test('killed while it asks, the run still waits for the same decision', async () => {
  using place = openPlace();
  const session = atTerminal(place, run(WHOLE_BRIEF, 'killed'));
  await session.sees('What do you decide?');
  const { out } = await place.run('threads', '--json');
  expect(JSON.parse(out)).toMatchObject({ threads: [{ thread: 'killed', status: 'waiting' }] });
  process.kill(Number(readFileSync(join(place.directory, 'pid'), 'utf8')), 'SIGKILL');
  await session.ended;
  expect(await place.run('approve', 'killed')).toMatchObject({ code: 0 });
});

test('prints no colours when NO_COLOR is set', async () => {
  using place = openPlace();
  const { ended } = atTerminal(place, ['workflows'], { NO_COLOR: '1' });
  const { out } = await ended;
  expect(out).toContain('email-campaign');
  expect(stripVTControlCharacters(out)).toBe(out);
});
