import { execFileSync } from 'node:child_process';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Awaited } from '../asking/awaited.ts';
import { createPaint } from '../rendering/paint.ts';
import { approvalLine } from './approval-line.ts';
import { nextCommands, quoted } from './next-commands.ts';
import { newThreadName } from './thread-names.ts';

const parts = {
  program: 'phasegate',
  thread: 'spring',
  options: { dataDir: 'my data', model: 'local' },
};
const question = (id: string) => ({ id, text: 'Which?', path: '', options: [] });
const asked = (...ids: readonly string[]): Awaited => ({
  kind: 'questions',
  id: 'i',
  problem: undefined,
  questions: ids.map(question),
});

describe('next commands', () => {
  test('lead to the same data and the same model', () => {
    const commands = nextCommands({ status: 'waiting', awaited: undefined }, parts);
    expect(commands.map(({ command }) => command)).toContain(
      "phasegate approve spring --data-dir 'my data' --model local",
    );
  });

  test('name each of a few questions', () => {
    const [first] = nextCommands({ status: 'waiting', awaited: asked('a', 'b') }, parts);
    expect(first?.command).toContain('respond spring --answer a=… --answer b=…');
  });

  test('give a form for many questions', () => {
    const [form, answer] = nextCommands(
      { status: 'waiting', awaited: asked('a', 'b', 'c', 'd') },
      parts,
    );
    expect(form?.command).toMatch(/respond spring --print .*> answers.json$/);
    expect(answer?.command).toContain('--answers answers.json');
  });

  test('of a blocked run begin at one of its checkpoints', () => {
    const commands = nextCommands({ status: 'blocked', awaited: undefined }, parts);
    expect(commands.at(-1)?.command).toContain('replay spring --from CHECKPOINT');
  });

  test('come out of a shell as they went in', () => {
    const words = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, (given) => {
        const line = given.map(quoted).join(' ');
        const echoed = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' });
        expect(echoed).toBe(`${given.join('\n')}\n`);
      }),
      { numRuns: 25 },
    );
  });
});

describe('words that a terminal would obey', () => {
  const hostile = ["\u001B]0;x\u0007it's", 'a\nb\\c', '\u009B2J\u202E'];

  test.each(hostile)('%j is shown as numbers in a command to paste', (word) => {
    expect(quoted(word)).not.toMatch(/[\p{Cc}\u202E]/u);
    const echoed = execFileSync('bash', ['-c', `printf '%s' ${quoted(word)}`], {
      encoding: 'utf8',
    });
    expect(echoed).toBe(word);
  });
});

test('names of threads can be read out, and are thread ids', () => {
  expect(newThreadName(() => 0)).toBe('amber-acorn-2222');
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
      const name = newThreadName((limit) => Number(numbers.next().value) % limit);
      expect(name).toMatch(/^[a-z]+-[a-z]+-[a-z0-9]{4}$/);
    }),
  );
});

test('an approval by a script is never shown as that of a person', () => {
  const approval = {
    from: 'a',
    to: 'b',
    comment: '',
    givenAt: '2026-01-31T14:05:09.000Z',
    expiresAt: '2026-02-07T14:05:09.000Z',
  };
  const by = { id: 'ada', roles: [], authenticated: false };
  const paint = createPaint(false);
  expect(
    approvalLine({ ...approval, by: { ...by, kind: 'script', source: 'script' } }, paint),
  ).toBe('approved a → b by script "ada" (no person decided) at 2026-01-31 14:05:09 UTC');
  expect(
    approvalLine({ ...approval, by: { ...by, kind: 'unknown', source: 'none' } }, paint),
  ).toContain('ada (not authenticated)');
});
