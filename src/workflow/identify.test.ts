import { expect, test } from 'vitest';

import { langGraphUser, NOBODY } from './identify.ts';

const calledBy = (user: unknown) => langGraphUser({ configurable: { langgraph_auth_user: user } });

test("takes the id and the roles from the server's user", () => {
  expect(
    calledBy({ identity: 'ada', permissions: ['editor'], is_authenticated: true }),
  ).toMatchObject({ id: 'ada', kind: 'person', roles: ['editor'], authenticated: true });
});

test('takes nobody for authenticated who is not said to be', () => {
  expect(calledBy({ identity: 'ada' }).authenticated).toBe(false);
  expect(calledBy({ identity: 'ada', is_authenticated: 'yes' })).toEqual(NOBODY);
});

test("sees nobody in Studio's own user, whom a header makes of anyone", () => {
  const user = { permissions: [], is_authenticated: true };
  expect(calledBy({ ...user, identity: 'langgraph-studio-user' })).toEqual(NOBODY);
  expect(calledBy({ ...user, identity: 'ada', kind: 'StudioUser' })).toEqual(NOBODY);
});

test('sees nobody where the server established no user', () => {
  expect(langGraphUser({})).toEqual(NOBODY);
  expect(calledBy({ identity: '' })).toEqual(NOBODY);
  expect(calledBy('ada')).toEqual(NOBODY);
});
