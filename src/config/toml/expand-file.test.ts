import { userInfo } from 'node:os';

import { expect, test } from 'vitest';

import { expandFile } from './expand-file.ts';

test('takes USER from the environment', () => {
  expect(expandFile('${USER:-operator}', { USER: 'ines' }).value).toBe('ines');
});

test.each([{}, { USER: '' }])(
  'takes the account of the process for USER where nothing has set it, as in a container: %j',
  (environment) => {
    const { username } = userInfo();
    expect(expandFile('${USER:-operator}', environment).value).toBe(username);
  },
);
