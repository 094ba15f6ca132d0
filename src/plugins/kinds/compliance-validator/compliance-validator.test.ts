import { expect, test } from 'vitest';

import type { JsonValue } from '../../../kernel/index.ts';
import { defineGate, evaluateGate } from '../../../validation/index.ts';
import type { OperationCall, OperationResult } from '../../executor/operation-call.ts';
import type { ActivePlugin } from '../../registry/registry-parts.ts';
import { checksOf, emailLaw } from './index.ts';

const CALLER = { id: 'gate', roles: ['validator'] };
const ADDRESS = 'Nordwind Handel GmbH, Hafenweg 12, 24103 Kiel, Germany';
const MAILING = {
  title: 'not declared',
  sender: { name: 'Nordwind', email: 'hello@nordwind.example', postalAddress: ADDRESS },
  emails: [
    {
      subject: 'Our spring range',
      text: `Spring!\nNordwind Handel GmbH\nHafenweg 12\n24103 Kiel, Germany\nUnsubscribe: {{unsubscribe_url}}`,
      html: `<p>${ADDRESS}</p><a href="https://news.nordwind.example/u/1">Unsubscribe</a>`,
      recipients: ['maria@kunde.example'],
    },
  ],
};
const facts = (generation: object = MAILING): JsonValue =>
  ({ input: {}, artifacts: { generation }, run: {} }) as JsonValue;

const plugin = {
  version: { manifest: emailLaw.manifest, digest: emailLaw.digest },
} as ActivePlugin;

function answering(
  answer: (call: OperationCall) => Promise<Partial<OperationResult>> | Partial<OperationResult>,
): Parameters<typeof checksOf>[0] {
  return {
    execute: async (call) => ({
      output: null,
      operation: call.operation,
      digest: emailLaw.digest,
      usage: { wallMs: 0, outputBytes: 0 },
      repeated: false,
      ...(await answer(call)),
    }),
  };
}

const really = answering(async ({ operation, input }) => ({
  output: (await emailLaw.module?.execute(operation, input, {} as never)) ?? null,
}));

const judge = async (
  executor: Parameters<typeof checksOf>[0],
  given: JsonValue = facts(),
): ReturnType<typeof evaluateGate> =>
  await evaluateGate(defineGate({ checks: checksOf(executor, plugin, CALLER) }), given);

test('a mailing that names its sender and a way out passes the checks of the plugin', async () => {
  const { checks } = await judge(really);
  expect(checks.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['plugin.phasegate.email-law.unsubscribe', 'pass'],
    ['plugin.phasegate.email-law.sender-address', 'pass'],
    ['plugin.phasegate.email-law.honest-subject', 'pass'],
  ]);
});

test.each([
  ['unsubscribe', { html: `<p>${ADDRESS}</p>` }, 'artifacts.generation.emails.0.html'],
  ['sender-address', { text: 'Unsubscribe: {{unsubscribe_url}}' }, 'emails.0.text'],
  ['honest-subject', { subject: 'AW: Ihre Bestellung' }, 'emails.0.subject'],
])('"%s" fails for %j, and names the place', async (check, change, place) => {
  const emails = [{ ...MAILING.emails[0], ...change }];
  const { checks } = await judge(really, facts({ ...MAILING, emails }));
  const failed = checks.filter(({ outcome }) => outcome !== 'pass');
  expect(failed.map(({ id }) => id)).toEqual([`plugin.phasegate.email-law.${check}`]);
  expect(failed[0]?.paths?.join()).toContain(place);
});

test('shows a plugin only the facts that it has declared', async () => {
  const seen: JsonValue[] = [];
  await judge(
    answering(({ input }) => {
      seen.push(input);
      return { output: { outcome: 'pass' } };
    }),
  );
  expect(seen).toHaveLength(3);
  expect(JSON.stringify(seen)).toContain(ADDRESS);
  expect(JSON.stringify(seen)).not.toMatch(/maria|not declared|"run"/);
});

test.each<[string, (call: OperationCall) => Promise<Partial<OperationResult>>]>([
  ['fails', () => Promise.reject(new Error('broken'))],
  ['answers with another word', async () => ({ output: { outcome: 'fine' } })],
  ['answers with nothing', async () => ({ output: null })],
  ['answers in another version', async () => ({ output: { outcome: 'pass' }, digest: 'other' })],
  ['answers by a fallback', async () => ({ output: { outcome: 'pass' }, operation: 'other' })],
])('a plugin that %s lets nothing through', async (_what, answer) => {
  const { outcome, checks } = await judge(answering(answer));
  expect(outcome).not.toBe('allow');
  expect(checks.map((check) => check.outcome)).toEqual(['error', 'error', 'error']);
});

test('a plugin that had to wait for a thread for longer than its own time is heard', async () => {
  const executor = answering(async (call) => {
    // A runtime that has no thread free for it.
    await new Promise((resolve) => {
      setTimeout(resolve, 700);
    });
    return {
      output: (await emailLaw.module?.execute(call.operation, call.input, {} as never)) ?? null,
    };
  });
  const limits = { ...emailLaw.manifest.limits, wallMs: 1 };
  const manifest = { ...emailLaw.manifest, limits };
  const quick: ActivePlugin = { ...plugin, version: { ...plugin.version, manifest } };
  const checks = checksOf(executor, quick, CALLER);
  expect((await evaluateGate(defineGate({ checks }), facts())).outcome).toBe('allow');
  // The wait has an end.
  for (const { timeoutMs } of checks) expect(timeoutMs).toBeLessThan(120_000);
});

test('checks of another version have another digest', () => {
  const other = { version: { ...plugin.version, digest: 'b'.repeat(64) } } as ActivePlugin;
  const digests = (given: ActivePlugin): readonly string[] =>
    checksOf(really, given, CALLER).map(({ digest }) => digest);
  expect(digests(plugin)).toEqual(digests(plugin));
  expect(digests(other)).not.toEqual(digests(plugin));
});
