import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { repository } from './tree.ts';

const { exports } = z
  .object({ exports: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')));
const subpaths = Object.keys(exports)
  .filter((subpath) => !subpath.endsWith('.json'))
  .map((subpath) => `phasegate${subpath.slice(1)}`);

/** Runs a module in the built package, in a process that has no loader for TypeScript. */
function inNode(code: string): string {
  const options = { cwd: repository, encoding: 'utf8', timeout: 240_000 } as const;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], options);
}

test.each(subpaths)('%s can be imported from the built package', (subpath) => {
  const names = inNode(`console.log(JSON.stringify(Object.keys(await import('${subpath}'))))`);
  expect(JSON.parse(names)).not.toEqual([]);
});

test('an error is recognised by its brand, whichever subpath it came from', () => {
  const printed = inNode(`
    import { isPhasegateError } from 'phasegate';
    import { defineCheck } from 'phasegate/validation';
    try { defineCheck({ id: 'Not An Id' }); } catch (error) { console.log(isPhasegateError(error), error.code); }
  `);
  expect(printed.trim()).toBe('true VALIDATION_INVALID_CHECK');
});
