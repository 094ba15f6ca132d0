import { expect, test } from 'vitest';

import { deepFrozen } from '../../../kernel/index.ts';
import { Kept, openKept } from './kept.ts';
import { keepText, valueOfText } from './recent-texts.ts';

const ENDING = `"seal":"${'s'.repeat(64)}"}`;

test('what was stored opens into the very value it was made of', () => {
  const record = deepFrozen({ phase: 'plan', seal: 'p'.repeat(64) });
  const text = new Kept(record).toJSON();
  expect(openKept(`${text.slice(0, 9)}${text.slice(9)}`).value).toBe(record);
});

test('a text that was changed at rest opens into what it says, not into what was stored', () => {
  const stored = `{"phase":"plan",${ENDING}`;
  const changed = `{"phase":"play",${ENDING}`;
  const record = openKept(stored).value;
  expect(openKept(changed).value).toEqual({ phase: 'play', seal: 's'.repeat(64) });
  expect(openKept(changed).value).not.toBe(record);
});

test('only the latest texts are kept, and none that is long', () => {
  const first = `{"at":-1,${ENDING}`;
  keepText(first, {});
  expect(valueOfText(first)).toEqual({});
  const long = `"${'l'.repeat(70_000)}"`;
  keepText(long, {});
  expect(valueOfText(long)).toBeUndefined();
  for (let at = 0; at < 100; at += 1) keepText(`${'x'.repeat(60_000)}${at}`, {});
  expect(valueOfText(first)).toBeUndefined();
  expect(valueOfText(`${'x'.repeat(60_000)}99`)).toEqual({});
});
