import type { RunnableConfig } from '@langchain/core/runnables';
import { z } from 'zod';

import type { Principal } from '../state/index.ts';

const LangGraphUser = z.object({
  langgraph_auth_user: z.object({
    identity: z.string().min(1),
    permissions: z.array(z.string()).default([]),
    is_authenticated: z.boolean().default(false),
    kind: z.string().optional(),
  }),
});

/** Who everybody is that names LangGraph Studio in a header; the server asks for no more. */
const STUDIO_USER = { identity: 'langgraph-studio-user', kind: 'StudioUser' };

/** Nobody is known to be there, as in LangGraph Studio on a developer's machine. */
export const NOBODY: Principal = Object.freeze({
  id: 'unauthenticated',
  kind: 'unknown',
  roles: [],
  authenticated: false,
  source: 'none',
});

/**
 * Reads the user that a LangGraph server's auth handler established: `identity` as id, `permissions` as roles. Give it as
 * `identify` where such a handler answers for every request, and nowhere else: without one the server passes on what the
 * caller wrote into `config.configurable`, and anybody could be anyone.
 *
 * Studio's own user is nobody to us, because a header is all that it takes to be it.
 *
 * @returns The user, or {@link NOBODY} where there is none.
 */
export function langGraphUser(config: RunnableConfig): Principal {
  const user = LangGraphUser.safeParse(config.configurable ?? {}).data?.langgraph_auth_user;
  if (user === undefined || isStudioUser(user)) return NOBODY;
  return Object.freeze({
    id: user.identity,
    kind: 'person',
    roles: user.permissions,
    authenticated: user.is_authenticated,
    source: 'langgraph-auth',
  });
}

function isStudioUser({
  identity,
  kind,
}: {
  identity: string;
  kind?: string | undefined;
}): boolean {
  return identity === STUDIO_USER.identity || kind === STUDIO_USER.kind;
}
