import { expect, test } from 'vitest';

import { failureFrom } from './report-failure.ts';

function notFound(what: string): Error {
  const error = new Error(`Cannot find module '${what}'\nRequire stack:\n- /home/ada/x.js`);
  return Object.assign(error, { code: 'MODULE_NOT_FOUND' });
}

test('a package that is not installed is named, with what to do', () => {
  const { message, hint } = failureFrom(notFound('@libsql/linux-x64-gnu'));
  expect(message).toBe('A package is missing from the installation: @libsql/linux-x64-gnu.');
  expect(hint).toContain('optional packages');
});

test('of any other missing file nothing is said but that it is missing', () => {
  const { message } = failureFrom(notFound('/home/ada/secret plan.js'));
  expect(message).toBe('Something failed inside: Error (MODULE_NOT_FOUND).');
});
