import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { NotJsonError, PhasegateError } from '../kernel/index.ts';
import { errorFacts } from './index.ts';

const CANARY = 'canary7f3a';

class WrappedError extends PhasegateError {
  readonly code = 'TEST_WRAPPED';
  constructor(cause: unknown) {
    super('Something failed.', { hint: 'Try again.', retryable: true, cause });
  }
}

test('gives code, hint and details of an error of ours', () => {
  expect(errorFacts(new NotJsonError('$.a', 'a function'))).toMatchObject({
    code: 'KERNEL_NOT_JSON',
    hint: expect.any(String),
    retryable: false,
    path: '$.a',
    origin: expect.stringMatching(/^error-facts\.test\.ts:\d+:\d+$/),
  });
});

test('says of a foreign error what it is and where it arose, never what it says', () => {
  const facts = errorFacts(new RangeError(`${CANARY}\n    at ${CANARY} (${CANARY}.ts:1:1)`));
  expect(facts).toEqual({
    code: 'UNEXPECTED',
    error: 'RangeError',
    cause: 'RangeError',
    origin: expect.stringMatching(/^error-facts\.test\.ts:/),
  });
});

test('keeps the system code of a failed call, also beneath an error of ours', () => {
  const failure = (): unknown => {
    try {
      return readFileSync(`/${CANARY}`);
    } catch (error) {
      return error;
    }
  };
  expect(errorFacts(failure())).toMatchObject({ cause: 'ENOENT' });
  expect(errorFacts(new WrappedError(failure()))).toMatchObject({
    code: 'TEST_WRAPPED',
    cause: 'ENOENT',
  });
  expect(JSON.stringify(errorFacts(failure()))).not.toContain(CANARY);
});

test.each([[CANARY], [undefined], [null], [{ code: CANARY, message: CANARY }], [{ code: 7 }]])(
  'shows nothing of %o when that is thrown',
  (thrown) => {
    const facts = errorFacts(thrown);
    expect(facts['code']).toBe('UNEXPECTED');
    expect(JSON.stringify(facts)).not.toContain(CANARY);
  },
);
