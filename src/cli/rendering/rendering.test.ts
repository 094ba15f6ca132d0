import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';

import { renderMarkdown } from './markdown.ts';
import { createPaint } from './paint.ts';
import { plainLine, plainText } from './plain-text.ts';
import { table } from './table.ts';
import { datedText, durationText, elapsedMs, instantText } from './time.ts';

const plain = { width: 40, paint: createPaint(false) };

describe('plain text', () => {
  test('obeys no escape sequence and hides nothing', () => {
    expect(plainText('a\u001B[2Jb\u202Ec\u0007\r\nd\te')).toBe('a[2Jbc\nd  e');
    expect(plainLine(' one\n\n two ')).toBe('one two');
  });

  test('holds no control character but the newline, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainText(text)).not.toMatch(/[^\P{Cc}\n]/u);
      }),
    );
  });
});

describe('tables', () => {
  test('line their columns up, also with wide characters', () => {
    const rows = [
      ['日本', 'one'],
      ['a', 'two'],
    ];
    expect(table(['k', 'v'], rows, { width: 40 }).split('\n')).toEqual([
      'k     v',
      '日本  one',
      'a     two',
    ]);
  });

  test('wrap long cells within the width, and never a column that is to be copied', () => {
    const id = 'x'.repeat(20);
    const lines = table(['id', 'text'], [[id, 'many words '.repeat(6)]], {
      width: 40,
      whole: [0],
    }).split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(lines[1]).toContain(id);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
  });

  test('become lists where their columns would break words', () => {
    const heads = ['thread', 'workflow', '', 'phase'];
    const rows = [
      ['a', 'email-campaign', '', 'confirmation'],
      ['b', 'email-campaign', 'x', ''],
    ];
    expect(table(heads, rows, { width: 25 })).toBe(
      'thread    a\nworkflow  email-campaign\nphase     confirmation\n\n' +
        'thread    b\nworkflow  email-campaign\n          x',
    );
    expect(table(heads, rows, { width: 60 }).split('\n')).toHaveLength(3);
  });

  test('break no word of an ordinary length at any width', () => {
    const row = ['requirements', 'a few words more', '2026-11-22 16:17:58 UTC'];
    for (let width = 30; width <= 60; width += 1) {
      const shown = table(['phase', 'agent', 'started'], [row], { width });
      for (const word of row.join(' ').split(' ')) expect(shown).toContain(word);
    }
  });

  test('stay within the width, whatever their cells hold', () => {
    const cells = fc.array(fc.string({ maxLength: 60 }).map(plainLine), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(cells, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 30, max: 90 }),
        (rows, width) => {
          const lines = table(['a', 'b', 'c'], rows, { width }).split('\n');
          expect(lines.every((line) => stringWidth(line) <= width)).toBe(true);
        },
      ),
    );
  });
});

describe('Markdown', () => {
  test('loses its signs and keeps its words', () => {
    const source = '# Title\n\n**Bold** and `code` and _soft_\n\n- one\n1. two\n> said';
    expect(renderMarkdown(source, plain)).toBe(
      'Title\n\nBold and code and soft\n\n• one\n1. two\n▌ said',
    );
  });

  test('shows escaped signs as they are', () => {
    expect(renderMarkdown(String.raw`\*not bold\* a\_b \[x\]`, plain)).toBe('*not bold* a_b [x]');
  });

  test('becomes a table where it is one', () => {
    const source = '| Name | Text |\n| --- | --- |\n| a \\| b | c |';
    expect(renderMarkdown(source, plain)).toBe('Name   Text\n─────  ────\na | b  c');
  });

  test('wraps list entries under their first word', () => {
    const lines = renderMarkdown(`- ${'word '.repeat(12)}`, plain).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[1]).toMatch(/^ {2}word/);
  });

  test('is coloured where colours are wanted', () => {
    const shown = renderMarkdown('**b**', { width: 40, paint: createPaint(true) });
    expect(shown).toBe('\u001B[1mb\u001B[22m');
  });
});

describe('time', () => {
  test.each([
    [0, '0.0 s'],
    [1234, '1.2 s'],
    [42_000, '42 s'],
    [125_000, '2 min 5 s'],
    [2 * 3_600_000, '2 h 0 min'],
    [72 * 3_600_000, '3 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  test('tells the date, and the time on the clock of the reader where it differs', () => {
    expect(datedText('2026-01-31T23:05:09.123Z', 'Asia/Tokyo')).toBe(
      '2026-01-31 23:05:09 UTC (08:05 here)',
    );
    expect(datedText('2026-01-31T23:05:09.123Z', 'UTC')).toBe('2026-01-31 23:05:09 UTC');
    expect(datedText('')).toBe('');
  });

  test('shows instants to the second, and what is none as it is', () => {
    expect(instantText('2026-01-31T14:05:09.123Z')).toBe('2026-01-31 14:05:09 UTC');
    expect(instantText('')).toBe('');
    expect(elapsedMs('2026-01-31T14:05:09Z', '2026-01-31T14:05:10.5Z')).toBe(1500);
    expect(elapsedMs('', 'never')).toBe(0);
  });
});
