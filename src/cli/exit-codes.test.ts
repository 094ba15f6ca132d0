import { expect, test } from 'vitest';

import { OutputFailedError, UnknownThreadError } from '../app/index.ts';
import {
  ApprovalNeededError,
  CallApprovalNeededError,
  CallRefusedError,
  PluginFailedError,
  UnknownPluginError,
} from '../plugins/index.ts';
import { CorruptDatabaseError, StorageFullError, ThreadBusyError } from '../storage/index.ts';
import { InvalidInputError } from '../workflow/index.ts';
import { UsageError } from './errors.ts';
import { exitCodeFor, exitCodeOf } from './exit-codes.ts';

const failed = (code: string): Error => Object.assign(new Error(code), { code });
const holder = { thread: 't', pid: 1, owner: 'x', since: 'y' };

test.each([
  ['a mistyped command', new UsageError('x', 'y'), 2],
  ['an unknown thread', new UnknownThreadError('t', 'd'), 2],
  ['input that does not fit', new InvalidInputError('w', []), 2],
  ['a corrupt database', new CorruptDatabaseError('state.db'), 2],
  ['a full disk', new StorageFullError('state.db', undefined), 1],
  ['a thread that another process holds', new ThreadBusyError(holder), 1],
  ['files on a full disk', new OutputFailedError('out', failed('ENOSPC')), 1],
  ['files in a place that cannot be', new OutputFailedError('out', failed('ENOTDIR')), 2],
  ['a plugin that a person has to approve', new ApprovalNeededError('a.b', 'pending-approval'), 3],
  ['a plugin that was rejected', new ApprovalNeededError('a.b', 'rejected'), 4],
  ['a call that nobody has consented to', new CallApprovalNeededError('a.b', 'go', ''), 3],
  ['a call that no role allows', new CallRefusedError('a.b', 'go', 'no role'), 4],
  ['a plugin that is not in the registry', new UnknownPluginError('a.b'), 2],
  ['a plugin that failed', new PluginFailedError('a.b', 'go'), 1],
  ['anything unexpected', new TypeError('x'), 1],
  ['what is not even an error', 'text', 1],
])('%s ends with the right code', (_, error, code) => {
  expect(exitCodeFor(error)).toBe(code);
});

test.each([
  ['completed', 0],
  ['waiting', 3],
  ['blocked', 4],
] as const)('a run that is %s ends with %d', (status, code) => {
  expect(exitCodeOf(status)).toBe(code);
});
