import { userInfo } from 'node:os';

import { personIdProblem } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { UsageError } from '../errors.ts';

/** The user whom the operating system says this process runs for. */
export function osUser(): Principal {
  return { id: userName(), kind: 'person', roles: [], authenticated: true, source: 'os-user' };
}

/**
 * A script that decides under a name; nobody stands behind it, and everything says so.
 *
 * @param option - What gave the name.
 * @throws {@link UsageError} as {@link personNamed} does.
 */
export function scripted(option: '--as' | '--approve-as', name: string): Principal {
  return {
    id: personNamed(option, name),
    kind: 'script',
    roles: [],
    authenticated: false,
    source: 'script',
  };
}

/**
 * Gives a name that an option gives a person.
 *
 * @throws {@link UsageError} for one that can be read in more than one way: it could pass for somebody else's.
 */
export function personNamed(option: string, name: string): string {
  const problem = personIdProblem(name);
  if (problem === undefined) return name;
  throw new UsageError(
    `The name after ${option} ${problem}.`,
    'Type it as the account is written.',
  );
}

function userName(): string {
  try {
    const { username, uid } = userInfo();
    return username === '' ? `uid-${uid}` : username;
  } catch {
    // A user id without an entry in the password file, as containers have.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
