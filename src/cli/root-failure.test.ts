import { expect, test } from 'vitest';

import { AuditStoreError } from '../audit/index.ts';
import { exitCodeFor } from './exit-codes.ts';
import { failureFrom } from './report-failure.ts';
import { rootFailure } from './root-failure.ts';

const coded = (code: string): Error => Object.assign(new Error(code), { code });
const suppressed = (error: unknown, original: unknown): Error =>
  Object.assign(new Error('An error was suppressed during disposal.'), {
    error,
    suppressed: original,
  });

test.each([
  ['in the audit trail', new AuditStoreError('begin', coded('SQLITE_FULL'))],
  [
    'while something was closed',
    suppressed(coded('ENOSPC'), new AuditStoreError('begin', coded('x'))),
  ],
  ['and something else failed behind it', suppressed(new Error('closing'), coded('SQLITE_FULL'))],
  ['deep down', new Error('a', { cause: new Error('b', { cause: coded('EDQUOT') }) })],
])('a full disk %s is said to be full, and the command may succeed later', async (_, error) => {
  const shown = await rootFailure(error, 'the data folder');
  expect(failureFrom(shown)).toMatchObject({
    code: 'STORAGE_FULL',
    message: expect.stringContaining('The disk is full'),
  });
  expect(exitCodeFor(shown)).toBe(1);
});

test('what failed first is told, not what failed while closing', async () => {
  const first = new AuditStoreError('begin', coded('SQLITE_IOERR'));
  expect(await rootFailure(suppressed(new Error('closing'), first), 'x')).toBe(first);
});

test('anything else stays as it is', async () => {
  expect(await rootFailure('text', 'x')).toBe('text');
});
