import type { Config } from '../../config/index.ts';
import {
  eraseSessionsOfPrincipal,
  sessionsOfPrincipal,
  type PrincipalSession,
} from '../../sessions/index.ts';
import type { SessionStore } from '../../storage/index.ts';

/** Finds the sessions of a principal on the configured server; without one there are none that outlive their process. */
export async function findSessions(
  config: Config,
  principal: string,
): Promise<readonly PrincipalSession[]> {
  await using store = await openSessionStore(config);
  return store === undefined ? [] : await sessionsOfPrincipal(store, principal);
}

/** Revokes and deletes them; gives how many there were. @throws STORAGE_* while the server is away. */
export async function endSessions(config: Config, principal: string): Promise<number> {
  await using store = await openSessionStore(config);
  return store === undefined ? 0 : await eraseSessionsOfPrincipal(store, principal);
}

async function openSessionStore({ storage }: Config): Promise<SessionStore | undefined> {
  if (storage.kind !== 'redis') return undefined;
  const { openRedisSessions } = await import('../../storage/backends/redis/index.ts');
  return openRedisSessions({
    ...storage.servers.reveal(),
    prefix: storage.keyPrefix,
    deadlineMs: storage.commandTimeoutMs,
    connections: 1,
  });
}
