import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { createPaint } from '../rendering/paint.ts';
import { askText, type TextQuestion } from './ask-text.ts';

/** What a person sends, chunk by chunk as a terminal gives it, and what is made of it. */
async function asked(
  chunks: readonly string[],
  question: Partial<TextQuestion> = {},
): Promise<string | undefined> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.resume();
  const answer = askText(
    { message: 'Why?', ...question },
    { input, output, paint: createPaint(false), signal: new AbortController().signal },
  );
  for (const chunk of chunks) {
    await delay(5);
    input.write(chunk);
  }
  return answer;
}

test('a line ends with Enter', async () => {
  expect(await asked(['one', ' line', '\r'])).toBe('one line');
  expect(await asked(['one line\r'])).toBe('one line');
});

test('pasted paragraphs stay together, with and without the marks of a terminal', async () => {
  const pasted = 'First paragraph.\rSecond line.\r\rSecond paragraph.';
  const whole = 'First paragraph.\nSecond line.\n\nSecond paragraph.';
  expect(await asked([pasted, '\r'])).toBe(whole);
  expect(await asked([`\u001B[200~${pasted}\r`, `\u001B[201~`, '\r'])).toBe(whole);
});

test('Ctrl-J begins a line', async () => {
  expect(await asked(['one', '\n', 'two', '\r'])).toBe('one\ntwo');
});

test('what stood there before can be kept, and be changed', async () => {
  expect(await asked(['\r'], { initial: 'before' })).toBe('before');
  expect(await asked([' and after', '\r'], { initial: 'before' })).toBe('before and after');
});

test('an answer that cannot be taken is asked for again', async () => {
  const validate = (text: string): string | undefined => (text === '' ? 'Write.' : undefined);
  expect(await asked(['\r', 'now', '\r'], { validate })).toBe('now');
});

test('Ctrl-C gives nothing', async () => {
  expect(await asked(['half', '\u0003'])).toBeUndefined();
});
