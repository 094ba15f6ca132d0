import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { repository } from './tree.ts';

test('the tree keeps to its floors, doors, siblings and vendors', async () => {
  const run = promisify(execFile)(process.execPath, ['scripts/architecture.mjs'], {
    cwd: repository,
  });
  const violations = await run.then(
    () => '',
    (error: { readonly stderr: string }) => error.stderr,
  );
  expect(violations).toBe('');
});
