import { expect, test } from 'vitest';

import { onceTogether } from './once-together.ts';

const READONLY = new Error("READONLY You can't write against a read only replica.");

test('commands that fail together on one connection end it once, and a later failure ends the next', () => {
  let atMs = 0;
  const judge = onceTogether(
    ({ message }) => message.startsWith('READONLY'),
    () => atMs,
  );
  const answers = Array.from({ length: 20 }, () => judge(READONLY));
  expect(answers.filter(Boolean)).toEqual([true]);
  expect(answers[0]).toBe(true);
  atMs += 100;
  expect([judge(new Error('WRONGTYPE')), judge(READONLY), judge(READONLY)]).toEqual([
    false,
    true,
    false,
  ]);
});
