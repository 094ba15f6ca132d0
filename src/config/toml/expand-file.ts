import process from 'node:process';

import { expand, type Environment, type Expanded } from './expand.ts';

/**
 * Fills in `${VARIABLE}` and `${VARIABLE:-default}` in the strings of a file that the configuration names.
 *
 * @param environment - The process's own unless given.
 */
export function expandFile(tree: unknown, environment: Environment = process.env): Expanded {
  return expand(tree, environment);
}
