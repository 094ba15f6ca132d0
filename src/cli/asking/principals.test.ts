import { expect, test } from 'vitest';

import { UsageError } from '../errors.ts';
import { personNamed, scripted } from './principals.ts';

test.each(['ro\u200bot', 'root\u0000', '\u0430lice', ''])('refuses %j as a name', (name) => {
  expect(() => scripted('--approve-as', name)).toThrow('--approve-as');
  expect(() => scripted('--as', name)).toThrow(UsageError);
  expect(() => personNamed('--owner', name)).toThrow('--owner');
});

test('takes a name that can be read in one way', () => {
  expect(scripted('--as', 'nightly-job').id).toBe('nightly-job');
});
