import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import type { JsonValue } from '../../kernel/index.ts';
import type { PluginRuntime } from '../contract/index.ts';
import { activate, openTestPlugins, USER, type TestPlugins } from '../fixtures/test-plugins.ts';
import { createIsolatedRuntime } from '../sandbox/index.ts';
import { applyDataPolicy, type DataPolicy, type DataRule } from './index.ts';

const SSN = '536-22-1234';
const NET = { net: { hosts: ['api.example.test'], methods: ['GET'] } } as const;
const rule = (given: Partial<DataRule>): DataRule => ({
  plugin: '*',
  operation: '*',
  direction: 'both',
  data: [],
  action: 'deny',
  ...given,
});

let isolated: PluginRuntime;
let opened: TestPlugins | undefined;
beforeAll(() => {
  isolated = createIsolatedRuntime();
});
afterAll(() => isolated.close());
afterEach(async () => opened?.close());

/** Calls a plugin that gives back what it is given; gives its answer, or the error's code. */
async function echoed(input: JsonValue, net: boolean, data?: DataPolicy) {
  const policy = net ? NET : { time: true as const };
  opened = await openTestPlugins({ isolated, policy, ...(data === undefined ? {} : { data }) });
  const source = 'export default { async execute(operation, input) { return input; } };';
  await activate(opened.plugins, source, { permissions: policy });
  const call = { plugin: 'test.plugin', operation: 'go', input, caller: USER };
  try {
    return (await opened.plugins.executor.execute(call)).output;
  } catch (error) {
    return error;
  }
}

test('denies identifiers and secrets to a plugin that can reach the network, naming types only', async () => {
  const refusal = await echoed({ note: `SSN ${SSN}` }, true);
  expect(refusal).toMatchObject({
    code: 'PLUGINS_PERSONAL_DATA',
    details: { direction: 'arguments', types: 'US_SSN' },
  });
  expect(JSON.stringify(refusal) + String(refusal)).not.toContain(SSN);
  const told = opened?.events.filter(({ kind }) => kind === 'plugin-refusal');
  expect(told).toMatchObject([{ facts: { code: 'PLUGINS_PERSONAL_DATA' } }]);
  await opened?.plugins.log.flush();
});

test('lets them pass to a plugin that stays inside, and contact data to one that does not', async () => {
  expect(await echoed({ note: SSN }, false)).toEqual({ note: SSN });
  await opened?.close();
  expect(await echoed({ to: 'ada@example.test' }, true)).toEqual({ to: 'ada@example.test' });
});

test('redacts, denies and allows by rule, for arguments and for results', () => {
  const place = { plugin: 'a', operation: 'x', direction: 'arguments', reachesOut: true } as const;
  const value = { ssn: SSN, mail: 'ada@example.test' };
  const redact = rule({ data: ['identifier'], action: 'redact' });
  const apply = (rules: readonly DataRule[], at: object = {}): JsonValue =>
    applyDataPolicy(value, { ...place, ...at }, { rules });
  expect(apply([redact])).toEqual({ ssn: '<US_SSN>', mail: 'ada@example.test' });
  expect(apply([rule({ data: ['US_SSN'], action: 'allow' })])).toEqual(value);
  expect(apply([rule({ operation: 'y', data: [] }), redact])).toMatchObject({ ssn: '<US_SSN>' });
  expect(() => apply([rule({ data: ['contact'] }), redact])).toThrow('EMAIL_ADDRESS');
  expect(apply([], { direction: 'results' })).toEqual(value);
  expect(apply([redact], { direction: 'results', reachesOut: false })).toMatchObject({
    ssn: '<US_SSN>',
  });
  expect(() => apply([rule({ direction: 'results' })], { direction: 'results' })).toThrow('US_SSN');
});

test('denies what cannot be looked through in time', () => {
  const place = { plugin: 'a', operation: 'x', direction: 'arguments', reachesOut: true } as const;
  const policy = { rules: [], maxMs: 0.0001 };
  expect(() => applyDataPolicy('a@1 '.repeat(20_000), place, policy)).toThrow(
    expect.objectContaining({ code: 'PLUGINS_PERSONAL_DATA' }),
  );
});
