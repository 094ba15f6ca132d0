import { userInfo } from 'node:os';

import type { Principal } from '../../state/index.ts';

/** The user whom the operating system says this process runs for. */
export function osUser(): Principal {
  return { id: userName(), kind: 'person', roles: [], authenticated: true, source: 'os-user' };
}

/** A script that decides under a name; nobody stands behind it, and everything says so. */
export function scripted(name: string): Principal {
  return { id: name, kind: 'script', roles: [], authenticated: false, source: 'script' };
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
