import { describe, expect, test } from 'vitest';

import { command } from './fixtures/run-command.ts';

test('prints its version', async () => {
  expect(await command(['--version'])).toEqual({ exitCode: 0, out: '1.2.3\n', err: '' });
});

test.each([[['--help']], [['help']], [['help', 'run']], [['run', '--help']]])(
  'prints help for %j and ends with 0',
  async (words) => {
    const { exitCode, out, err } = await command(words);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('Usage: phasegate');
  },
);

test('the help lists every command with its exit codes', async () => {
  const { out } = await command(['--help']);
  const names =
    'run approve reject edit respond threads show history replay fork graph workflows doctor plugins audit help';
  for (const name of names.split(' ')) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(out).toContain('3  the run waits for a person');
});

describe('refuses with exit code 2:', () => {
  test.each([
    ['an unknown command, with the one meant', ['aprove', 'x'], 'Did you mean approve?'],
    [
      'an unknown option, with the one meant',
      ['run', 'x', '--inptu', 'y'],
      'Did you mean --input?',
    ],
    ['a missing argument', ['show'], "Missing required argument 'thread'"],
    ['a missing option', ['run', 'email-campaign'], '--input is missing'],
    ['an argument too many', ['threads', 'more'], 'Too many arguments'],
    ['no command', [], 'No command was given'],
    ['no command below one', ['plugins'], 'See phasegate plugins --help.'],
    [
      'an argument too many below a command',
      ['compliance', 'report', 'gdpr'],
      'See phasegate compliance report --help.',
    ],
    ['a mistyped option beside a missing one', ['fork', 't', '--form', 'c'], '--from'],
  ])('%s', async (_, words, text) => {
    const { exitCode, out, err } = await command(words);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(text);
    expect(err).toContain('--help');
  });

  test('and one JSON object when JSON was asked for', async () => {
    const { exitCode, out, err } = await command(['threads', '--jsn', '--json']);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' });
    expect(JSON.parse(out)).toMatchObject({ status: 'error', error: { code: 'CLI_USAGE' } });
  });
});
