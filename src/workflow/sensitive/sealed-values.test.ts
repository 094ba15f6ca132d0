import { expect, test } from 'vitest';

import { derivedVault } from './field-vault.ts';
import { openSealed, sealFields } from './sealed-values.ts';

const vault = derivedVault(new Uint8Array(32).fill(3));
const sealing = { vault, thread: 't' };

test.each([
  ['a member and every member', { a: 'Ada', b: 'Bo' }, [['a'], ['*']]],
  ['what holds another and the other', { a: { b: 'Ada' } }, [['a'], ['a', 'b']]],
  ['the other and what holds it', { a: { b: 'Ada' } }, [['a', 'b'], ['a']]],
  ['what looks sealed already', { a: { 'phasegate/sealed': 'Ada' } }, [['a']]],
  ['what looks sealed within', { a: { b: { 'phasegate/sealed': 'Ada' } } }, [['a', 'b']]],
])('%s are sealed and opened as they were', async (_, value, paths) => {
  const fields = paths
    .map((path) => ({ path, subject: undefined }))
    .toSorted((one, other) => one.path.length - other.path.length);
  const sealed = await sealFields(value, fields, sealing);
  expect(JSON.stringify(sealed)).not.toMatch(/Ada|Bo/);
  expect(await openSealed(sealed, vault)).toEqual({ value, isErased: false });
});
