import { userInfo } from 'node:os';
import process from 'node:process';

import { expand, type Environment, type Expanded } from './expand.ts';

/**
 * Fills in `${VARIABLE}` and `${VARIABLE:-default}` in the strings of a file that the configuration names. `USER` is the
 * account that this process runs under where nothing has set it, as in containers.
 *
 * @param environment - The process's own unless given.
 */
export function expandFile(tree: unknown, environment: Environment = process.env): Expanded {
  return expand(tree, { ...environment, USER: environment['USER'] || accountName() });
}

function accountName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // A user id without an entry in the password file.
    return undefined;
  }
}
