import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth';

/** Believes a bearer token of the form `NAME:ROLE`; a test's stand-in for a real identity provider. */
export const auth = new Auth().authenticate((request) => {
  const [, identity, role] =
    /^Bearer (\w+):(\w+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  if (identity === undefined || role === undefined)
    throw new HTTPException(401, { message: 'Who are you?' });
  return { identity, permissions: [role], is_authenticated: true };
});
