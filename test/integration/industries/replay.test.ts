import { userInfo } from 'node:os';
import { join } from 'node:path';

import { beforeEach, expect, test, vi } from 'vitest';

import { answerThread, openApp } from '../../../src/app/index.ts';
import { openPlace, type Place } from '../../../src/cli/fixtures/run-command.ts';
import type { Principal } from '../../../src/state/index.ts';

// Each test runs several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const EXAMPLES = join(import.meta.dirname, '../../../examples/industries/financial-services');
const HOUSE = join(EXAMPLES, 'house');

// Whoever begins runs is named in the example houses by this variable.
beforeEach(() => void vi.stubEnv('USER', userInfo().username));

interface Pack {
  readonly checks: { readonly id: string; parameters: Record<string, unknown> }[];
}

/** The pack that the workflow is asked by, with one parameter changed. */
async function editionOf(
  place: Place,
  { standard, check, ...parameters }: Record<string, unknown>,
): Promise<string> {
  const words = ['--print', String(standard), '--workflow', 'payment-approval'];
  const { out } = await place.phasegate('compliance', 'standards', ...words);
  const pack = JSON.parse(out) as Pack;
  const changed = pack.checks.find(({ id }) => id === check);
  if (changed === undefined) throw new Error(out);
  changed.parameters = { ...changed.parameters, ...parameters };
  return place.file('edition.json', JSON.stringify(pack));
}

const replayed = (place: Place, file: string, ...words: readonly string[]) =>
  place.json('policy', 'replay', file, ...words);

async function approvedBy(id: string, place: Place): Promise<string> {
  const dataDir = join(place.directory, 'data');
  await using app = await openApp({ directory: HOUSE, overrides: { dataDir } });
  const by: Principal = { id, kind: 'person', roles: [], authenticated: true, source: 'session' };
  const request = { thread: 't', kind: 'decision', answer: { decision: 'approve' } } as const;
  return (await answerThread(app, request, { by })).status;
}

test('a quorum that is raised would have held an invoice that two people approved', async () => {
  using place = openPlace();
  const input = join(EXAMPLES, 'supplier-invoice.json');
  const begin = ['run', 'payment-approval', '--input', input, '--thread', 't', '--config', HOUSE];
  expect(await place.json(...begin)).toMatchObject({ exitCode: 3 });
  await approvedBy('ines.okafor', place);
  expect(await approvedBy('ruth.adeyemi', place)).toBe('completed');

  const two = await editionOf(place, { standard: 'sox', check: 'SOX-02', n: 2 });
  expect(await replayed(place, two, '--config', HOUSE)).toMatchObject({
    exitCode: 0,
    value: { threads: 1, decisions: 5, changed: [], undetermined: [], unreadable: [] },
  });

  const three = await editionOf(place, { standard: 'sox', check: 'SOX-02', n: 3 });
  const raised = await replayed(place, three, '--config', HOUSE);
  expect(raised).toMatchObject({
    exitCode: 4,
    value: {
      changed: [
        {
          thread: 't',
          from: 'countersign',
          to: 'payment',
          before: 'allow',
          after: 'deny',
          rules: [{ id: 'sox.sox-02', before: 'pass', after: 'fail' }],
        },
      ],
      undetermined: [],
    },
  });

  // Under another mode the gates have other digests; the approvals were given all the same.
  expect((await replayed(place, three)).value).toMatchObject({
    changed: [{ after: 'allow', rules: [{ id: 'sox.sox-02', before: 'pass', after: 'fail' }] }],
  });
});

test('where the house only records, the answers that differ are told all the same', async () => {
  using place = openPlace();
  const input = join(EXAMPLES, 'expense-claim.json');
  const begin = ['run', 'payment-approval', '--input', input, '--thread', 't'];
  expect(await place.json(...begin, '--approve-as', 'finance-bot')).toMatchObject({ exitCode: 0 });
  const above = { value: 10, currency: 'EUR' };
  const file = await editionOf(place, { standard: 'sox', check: 'SOX-02', above });
  const { exitCode, out } = await place.phasegate('policy', 'replay', file);
  expect(out).toContain('t approval -> payment: stays allow');
  expect(out).toContain('sox.sox-02: pass would be fail');
  expect(exitCode).toBe(4);
});

test('a check that reads what nobody has kept has no answer, and counts for no pass', async () => {
  using place = openPlace();
  const input = join(EXAMPLES, 'expense-claim.json');
  const begin = ['run', 'payment-approval', '--input', input, '--thread', 't'];
  await place.json(...begin, '--approve-as', 'finance-bot');
  const file = await editionOf(place, { standard: 'sox', check: 'SOX-09', uncovered: 1 });
  expect(await replayed(place, file)).toMatchObject({
    exitCode: 4,
    value: {
      changed: [],
      undetermined: [{ id: 'sox.sox-09', decisions: 4, paths: ['compliance.chain'] }],
    },
  });
});

test('a pack that no gate asks by is refused', async () => {
  using place = openPlace();
  const { out } = await place.phasegate('compliance', 'standards', '--print', 'hipaa');
  const file = place.file('hipaa.json', out);
  expect(await replayed(place, file, '--workflow', 'payment-approval')).toMatchObject({
    exitCode: 2,
    value: { error: { code: 'APP_UNBOUND_STANDARD' } },
  });
});

test('a check that was not asked before is told in words', async () => {
  using place = openPlace();
  const input = join(EXAMPLES, 'expense-claim.json');
  const begin = ['run', 'payment-approval', '--input', input, '--thread', 't'];
  await place.json(...begin, '--approve-as', 'finance-bot');
  const words = ['--print', 'sox', '--workflow', 'payment-approval'];
  const { out } = await place.phasegate('compliance', 'standards', ...words);
  const pack = JSON.parse(out) as Pack;
  const own = { id: 'OWN-01', controls: ['1'], primitive: 'approval.quorum', parameters: { n: 9 } };
  const added = place.file(
    'edition.json',
    JSON.stringify({ ...pack, checks: [...pack.checks, own] }),
  );
  const more = await place.phasegate('policy', 'replay', added);
  expect(more.out).toContain('sox.own-01: was not asked, and would be fail');
  const dropped = pack.checks.filter(({ id }) => id !== 'SOX-02');
  const less = place.file('edition.json', JSON.stringify({ ...pack, checks: dropped }));
  const without = await place.phasegate('policy', 'replay', less);
  expect(without.out).toContain('sox.sox-02: was pass, and would not be asked');
});
