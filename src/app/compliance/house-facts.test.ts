import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test, vi } from 'vitest';

import { openApp } from '../open-app.ts';
import { toldEvidence } from './house-facts.ts';

const directory = mkdtempSync(join(tmpdir(), 'phasegate-house-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What the house knows for a workflow, told by a file. */
async function factsFrom(text: string, environment: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(directory, 'facts.toml'), text);
  const settings = '[compliance]\nmode = "deny"\nfacts = "facts.toml"\n';
  writeFileSync(join(directory, 'phasegate.toml'), settings);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await using app = await openApp({ environment: {}, workingDirectory: directory });
  const { houseFacts } = app;
  return {
    payment: houseFacts.of('payment-approval'),
    letter: houseFacts.of('referral-letter'),
    place: houseFacts.placeFor('payment-approval'),
  };
}

test('facts of a workflow take the place of those that are for all', async () => {
  const text = [
    '[purpose]\nid = "all"\nbases = ["contract"]\nexpiresAt = "2030-01-01T00:00:00Z"',
    '[workflows.payment-approval.purpose]\nid = "pay"\nbases = []\nexpiresAt = "2030-01-01T00:00:00Z"',
  ].join('\n\n');
  const { payment, letter, place } = await factsFrom(text);
  expect([payment.purpose?.id, letter.purpose?.id]).toEqual(['pay', 'all']);
  expect(place).toMatch(/facts\.toml:6:/);
});

test('a variable is filled in, and one that is not set is named with its place', async () => {
  const text = (value: string) => `subjects = ["${value}"]\n`;
  // oxlint-disable-next-line no-template-curly-in-string
  const { payment } = await factsFrom(text('${PHASEGATE_TEST_SUBJECT}'), {
    PHASEGATE_TEST_SUBJECT: 's-1',
  });
  expect(payment.subjects).toEqual(['s-1']);
  // oxlint-disable-next-line no-template-curly-in-string
  await expect(factsFrom(text('${PHASEGATE_TEST_UNSET}'))).rejects.toMatchObject({
    code: 'APP_INVALID_HOUSE_FACTS',
    message: expect.stringMatching(
      /facts\.toml:1:\d+: the variable PHASEGATE_TEST_UNSET/,
    ) as string,
  });
});

test.each([
  ['chain', '\n[chain]\nok = true\n', /facts\.toml:\d:\d: "chain" is seen/],
  ['probes', '[workflows.payment-approval]\nprobes = []\n', /facts\.toml:2:1: "probes" is seen/],
])(
  'a file that tells of "%s", which is seen, is refused at its place',
  async (_part, text, message) => {
    await expect(factsFrom(text)).rejects.toMatchObject({
      code: 'APP_OBSERVED_FACTS',
      message: expect.stringMatching(message) as string,
    });
  },
);

test.each([
  ['a fact of another shape', '[purpose]\nid = 7\n', /facts\.toml:2:6: purpose\.id: /],
  ['a misspelled fact', 'identites = []\n', /facts\.toml:1:\d+: identites: /],
  [
    'a workflow that is not there',
    '[workflows.pay]\n',
    /facts\.toml:1:\d+: there is no such workflow/,
  ],
])('%s is refused at its place', async (_name, text, message) => {
  await expect(factsFrom(text)).rejects.toMatchObject({
    code: 'APP_INVALID_HOUSE_FACTS',
    message: expect.stringMatching(message) as string,
  });
});

test('a file of facts that is not there is told of with where its name counts from', async () => {
  const elsewhere = mkdtempSync(join(directory, 'elsewhere-'));
  writeFileSync(join(elsewhere, 'phasegate.toml'), '[compliance]\nfacts = "nowhere.toml"\n');
  const opened = openApp({ environment: {}, workingDirectory: elsewhere });
  await expect(opened).rejects.toMatchObject({
    code: 'APP_UNREADABLE_FILE',
    hint: expect.stringContaining('compliance.facts'),
  });
});

test('what the house tells of several workflows is evidence once, and what differs in one thing is none', () => {
  const kim = { id: 'kim', kind: 'human', shared: false } as const;
  const noor = { ...kim, id: 'noor' };
  const digests = (letter: string) => {
    const digest = letter.repeat(64);
    return { workflow: digest, policy: digest, prompts: digest, tools: digest };
  };
  const same = toldEvidence({ of: () => ({ identities: [kim], running: digests('a') }) });
  expect(same).toEqual({ identities: [kim], running: digests('a') });
  const other = toldEvidence({
    of: (workflow) => {
      const isPayment = workflow === 'payment-approval';
      return { identities: [isPayment ? noor : kim], running: digests(isPayment ? 'a' : 'b') };
    },
  });
  expect(other).toEqual({ identities: expect.arrayContaining([kim, noor]) as unknown });
  expect(toldEvidence({ of: () => ({}) })).toEqual({});
});
