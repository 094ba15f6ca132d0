import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { housePolicy } from '../../fixtures/house-policy.ts';
import { openPlace, WHOLE_BRIEF, type Outcome, type Place } from '../../fixtures/run-command.ts';

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

// Each test runs several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.dispose]());

/** A configuration folder that names the policy. */
function configured(policy: string, more = ''): readonly string[] {
  const file = place.file('house.toml', policy);
  const folder = join(place.directory, 'config');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'default.toml'),
    `[policy]\nfiles = [${JSON.stringify(file)}]\n${more}`,
  );
  return ['--config', folder];
}

const campaign = (
  config: readonly string[],
  thread = 't1',
): Promise<Outcome & { readonly value: unknown }> =>
  place.json(
    'run',
    'email-campaign',
    '--input',
    WHOLE_BRIEF,
    '--thread',
    thread,
    '--approve-as',
    'test',
    ...config,
  );

/** Runs on a thread of its own each time, and gives what was answered. */
const campaigns = (): ((config: readonly string[]) => Promise<unknown>) => {
  let threads = 0;
  return async (config) => (await campaign(config, `t${(threads += 1)}`)).value;
};

test('a policy of the configuration holds a run, and its pack stands in the verdict', async () => {
  const { exitCode, value } = await campaign(configured(housePolicy(1)));
  expect(exitCode).toBe(4);
  expect(JSON.stringify(value)).toContain('More segments than the house allows.');
  const [check] = (
    value as { readonly verdicts: readonly { readonly checks: readonly object[] }[] }
  ).verdicts
    .flatMap(({ checks }) => checks)
    .filter((one) => 'id' in one && one.id === 'house.few-segments');
  expect(check).toMatchObject({
    id: 'house.few-segments',
    pack: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

test('a rule that does not fit the facts is refused with file, line and column, before anything runs', async () => {
  const config = configured(
    housePolicy(1).replace('requirements.audience', 'requirements.audence'),
  );
  const { exitCode, err } = await place.phasegate(
    'run',
    'email-campaign',
    '--input',
    WHOLE_BRIEF,
    ...config,
  );
  expect(exitCode).toBe(2);
  expect(err).toMatch(/house\.toml:11:20: rules\.0\.expression: .*audence/);
});

test('an exception is asked for, approved by another, lets the run go on, and is taken back', async () => {
  const config = configured(housePolicy(1));
  await campaign(config);
  const ask = ['policy', 'waive', 'house.few-segments', '--workflow', 'email-campaign'];
  const wanted = await place.json(...ask, '--reason', 'Trade fair', '--until', TOMORROW, ...config);
  const { id } = wanted.value as { readonly id: string };
  expect((await place.phasegate('policy', 'approve-waiver', id, ...config)).err).toContain(
    'cannot approve',
  );
  const approved = await place.phasegate(
    'policy',
    'approve-waiver',
    id,
    '--as',
    'controller',
    ...config,
  );
  expect(approved.out).toMatch(/active .*approved by controller/);

  const { value } = await place.json('history', 't1', ...config);
  const { checkpoints } = value as {
    readonly checkpoints: readonly {
      readonly checkpoint: string;
      readonly phase: string | null;
      readonly status: string;
    }[];
  };
  const before = checkpoints.find(
    ({ phase, status }) => phase === 'requirements' && status === 'running',
  );
  const from = ['--from', before?.checkpoint ?? ''];
  const replayed = await place.json('replay', 't1', ...from, ...config);
  expect(replayed.value).toMatchObject({ status: 'waiting', phase: 'confirmation' });
  expect(JSON.stringify(replayed.value)).toContain(`Waived by \\"${id}\\"`);

  const revoked = await place.phasegate('policy', 'revoke-waiver', id, ...config);
  expect(revoked.out).toContain('revoked');
  const again = ['--input', WHOLE_BRIEF, '--thread', 't2', '--approve-as', 'test', ...config];
  expect((await place.phasegate('run', 'email-campaign', ...again)).exitCode).toBe(4);
  const trail = join(place.directory, 'trail.jsonl');
  await place.phasegate('audit', 'export', '--out', trail, ...config);
  // What was refused did not happen, and is not told as given.
  expect(readFileSync(trail, 'utf8').match(/"kind":"waiver"/g)).toHaveLength(3);
  expect(readFileSync(trail, 'utf8')).toContain(`"target":"${id}"`);
  const asked = await place.phasegate(...ask, '--reason', 'Fair', '--until', TOMORROW, ...config);
  expect(asked.out).toMatch(/approve-waiver w-\w+ --data-dir \S+ --config \S+/);
});

test('a waiver is for one gate: where several ask the check, one is named', async () => {
  const gates = `[{ from = "requirements", to = "strategy" }, { from = "strategy", to = "confirmation" }]`;
  const config = configured(housePolicy(1).replace(/\[\{.*\}\]/, gates));
  const ask = ['policy', 'waive', 'house.few-segments', '--workflow', 'email-campaign'];
  const words = [...ask, '--reason', 'Fair', '--until', TOMORROW, ...config];
  const unclear = await place.json(...words);
  expect(unclear.value).toMatchObject({
    error: {
      code: 'APP_UNCLEAR_GATE',
      hint: expect.stringContaining('--from strategy --to confirmation') as string,
    },
  });
  const wanted = await place.json(...words, '--from', 'strategy');
  expect(wanted.value).toMatchObject({ from: 'strategy', to: 'confirmation' });
  const { id } = wanted.value as { readonly id: string };
  await place.phasegate('policy', 'approve-waiver', id, '--as', 'controller', ...config);
  // It fails before the other gate already, for which it is not.
  expect((await campaign(config)).exitCode).toBe(4);
});

test('a waiver that was written by hand, edited or given by deletion of its revocation lets nothing pass', async () => {
  const config = configured(housePolicy(1));
  const ask = ['policy', 'waive', 'house.few-segments', '--workflow', 'email-campaign'];
  const wanted = await place.json(...ask, '--reason', 'Fair', '--until', TOMORROW, ...config);
  const { id } = wanted.value as { readonly id: string };
  const folder = join(place.directory, 'data/waivers');
  const by = { id: 'other', kind: 'person', authenticated: true, at: new Date().toISOString() };
  const forged = { content: { id, by }, seal: '0'.repeat(64) };
  writeFileSync(join(folder, `${id}.approval.json`), JSON.stringify(forged));
  expect((await campaign(config)).exitCode).toBe(4);
  rmSync(join(folder, `${id}.approval.json`));
  await place.phasegate('policy', 'approve-waiver', id, '--as', 'controller', ...config);
  await place.phasegate('policy', 'revoke-waiver', id, ...config);
  rmSync(join(folder, `${id}.revocation.json`));
  expect(readdirSync(folder)).toEqual([`${id}.request.json`]);
  const request = join(folder, `${id}.request.json`);
  writeFileSync(request, readFileSync(request, 'utf8').replace('Fair', 'Foul'));
  expect((await place.json('policy', 'waivers', ...config)).value).toEqual({ waivers: [] });
});

test('cases are run against a file, and one that answers otherwise ends with 4', async () => {
  const file = place.file('house.toml', housePolicy(2));
  const facts = { input: { brief: 'x' }, artifacts: {}, run: {} };
  const one = { name: 'no requirements', from: 'requirements', to: 'strategy', facts };
  const cases = (outcome: string): string =>
    place.file('cases.json', JSON.stringify({ cases: [{ ...one, expect: { outcome } }] }));
  const words = ['policy', 'test', file, '--cases'];
  expect(await place.phasegate(...words, cases('deny'))).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('1 of 1 as expected') as string,
  });
  expect(await place.phasegate(...words, cases('allow'))).toMatchObject({
    exitCode: 4,
    out: expect.stringContaining('Expected allow, found deny.') as string,
  });
});

test('a changed file is held against recorded runs, beside what is in force', async () => {
  const config = configured(housePolicy(9));
  expect((await campaign(config)).exitCode).toBe(0);
  const same = await place.json(
    'policy',
    'replay',
    place.file('same.toml', housePolicy(8)),
    ...config,
  );
  expect(same).toMatchObject({ exitCode: 0, value: { threads: 1, changed: [] } });
  const stricter = await place.json(
    'policy',
    'replay',
    place.file('new.toml', housePolicy(1)),
    ...config,
  );
  expect(stricter.exitCode).toBe(4);
  expect(stricter.value).toMatchObject({
    changed: [
      {
        thread: 't1',
        from: 'requirements',
        before: 'allow',
        after: 'deny',
        rules: [{ id: 'house.few-segments', before: 'pass', after: 'fail' }],
      },
    ],
  });
});

test('where signatures are demanded, only a file that a known key has signed is taken', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const key = place.file('board.pem', privateKey);
  const config = configured(
    housePolicy(9),
    `signed = true\n[policy.keys]\nboard = """${publicKey}"""\n`,
  );
  const refused = await campaign(config);
  expect(refused.exitCode).toBe(2);
  expect(JSON.stringify(refused.value)).toContain('APP_UNSIGNED_POLICY');
  const file = join(place.directory, 'house.toml');
  expect((await place.phasegate('policy', 'sign', file, '--key', key)).out).toContain(
    'Signed by board',
  );
  expect((await place.phasegate('policy', 'list', ...config)).out).toContain('signed by board');
  expect((await campaign(config)).exitCode).toBe(0);
  writeFileSync(file, housePolicy(99));
  expect((await place.phasegate('policy', 'list', ...config)).err).toContain(
    'made over other content',
  );
});

test('runs go on under the policies of before or newer ones; fewer and older ones are let hold by a person, on record', async () => {
  const version = (text: string): string => housePolicy(9).replace('1.0.0', text);
  const went = campaigns();
  expect(await went(configured(version('1.10.0')))).toMatchObject({ status: 'completed' });
  const older = configured(version('1.9.0'));
  expect(await went(older)).toMatchObject({ error: { code: 'APP_OLDER_POLICY' } });
  expect(await place.json('policy', 'list', ...older)).toMatchObject({
    exitCode: 4,
    value: { policies: [{ version: '1.9.0' }], refused: { code: 'APP_OLDER_POLICY' } },
  });
  expect(await went([])).toMatchObject({ error: { code: 'APP_MISSING_POLICY' } });
  const none = await place.phasegate('policy', 'list');
  expect(none.exitCode).toBe(4);
  expect(none.out).toContain('No run goes on: The configuration does not name');
  expect(await place.json('policy', 'accept', ...older)).toMatchObject({ exitCode: 2 });
  const accepted = await place.json(
    'policy',
    'accept',
    '--reason',
    'The newer one was wrong.',
    ...older,
  );
  expect(accepted.value).toMatchObject({ policies: { house: { version: '1.9.0' } } });
  expect(await went(older)).toMatchObject({ status: 'completed' });
  const remembered = join(place.directory, 'data', 'policies.json');
  writeFileSync(remembered, readFileSync(remembered, 'utf8').replace('1.9.0', '1.8.0'));
  expect(await went(older)).toMatchObject({ error: { code: 'APP_FORGED_POLICIES' } });
  const { out } = await place.phasegate('audit', 'export');
  expect(out).toContain('house@1.9.0');
});

test('what the trail says held is the floor, also where its file is taken away or put back', async () => {
  const version = (text: string): string => housePolicy(9).replace('1.0.0', text);
  const went = campaigns();
  const remembered = join(place.directory, 'data', 'policies.json');
  expect(await went(configured(version('1.0.0')))).toMatchObject({ status: 'completed' });
  const first = readFileSync(remembered);
  expect(await went(configured(version('1.1.0')))).toMatchObject({ status: 'completed' });
  rmSync(remembered);
  expect(await went(configured(version('1.0.0')))).toMatchObject({
    error: { code: 'APP_OLDER_POLICY' },
  });
  writeFileSync(remembered, first);
  expect(await went(configured(version('1.0.0')))).toMatchObject({
    error: { code: 'APP_OLDER_POLICY' },
  });
  rmSync(remembered);
  expect(await went([])).toMatchObject({ error: { code: 'APP_MISSING_POLICY' } });
  const newest = configured(version('1.1.0'));
  expect(await went(newest)).toMatchObject({ status: 'completed' });
  expect((await place.phasegate('audit', 'export')).out).toContain('"restored":true');
  // The way out is a person's word.
  rmSync(remembered);
  const accept = ['policy', 'accept', '--reason', 'The house has no policy any more.'];
  expect(await place.json(...accept)).toMatchObject({ value: { policies: {} } });
  expect(await went([])).toMatchObject({ status: 'completed' });
});
