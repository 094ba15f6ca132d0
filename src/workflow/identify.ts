import type { RunnableConfig } from '@langchain/core/runnables';
import { z } from 'zod';

import { deepFrozen } from '../kernel/index.ts';
import type { Principal } from '../state/index.ts';

const LangGraphUser = z.object({
  langgraph_auth_user: z.object({
    identity: z.string().min(1),
    permissions: z.array(z.string()).optional(),
    is_authenticated: z.boolean().optional(),
  }),
});

/** Nobody is known to be there, as in LangGraph Studio on a developer's machine. */
export const NOBODY: Principal = deepFrozen({
  id: 'unauthenticated',
  kind: 'unknown',
  roles: [],
  authenticated: false,
  source: 'none',
});

/** Reads the user that a LangGraph server's auth handler established; nobody where there is none. */
export function callerOf(config: RunnableConfig): Principal {
  const user = LangGraphUser.safeParse(config.configurable ?? {}).data?.langgraph_auth_user;
  if (user === undefined) return NOBODY;
  return deepFrozen({
    id: user.identity,
    kind: 'person',
    roles: user.permissions ?? [],
    authenticated: user.is_authenticated ?? true,
    source: 'langgraph-auth',
  });
}
