import { expect, test } from 'vitest';

import type { JsonValue } from '../../../kernel/index.ts';
import type { PluginPackage } from '../../contract/index.ts';
import type { ActivePlugin } from '../../registry/registry-parts.ts';
import type { ScanSubject } from '../../scan/scan-rule.ts';
import { ScanOutput } from './answer.ts';
import { literalHosts, scanRuleOf, suspiciousText } from './index.ts';

const scan = async (
  plugin: PluginPackage,
  text: string,
  file = 'a.ts',
): Promise<readonly string[]> => {
  const output = await plugin.module?.execute('scan', { file, text }, {} as never);
  return ScanOutput.parse(output).findings.map(({ rule, line }) => `${rule}:${line}`);
};

test.each([
  ['const a = "http://api.internal-shop.com/v1";', 'literal-hosts.unencrypted:1'],
  ['const a = 1;\nfetch("https://api.shop.com");', 'literal-hosts.host:2'],
  ['connect("10.0.0.5", 5432);', 'literal-hosts.address:1'],
  ['fetch("https://203.0.113.7/x");', 'literal-hosts.address:1'],
  ['fetch("http://[2001:db8::1]:8080/x");', 'literal-hosts.address:1'],
  ['open("postgres://app:hunter2@db.shop.com/orders");', 'literal-hosts.password:1'],
])('finds what is written into %s', async (text, found) => {
  expect(await scan(literalHosts, text)).toEqual([found]);
});

test.each([
  'const version = "1.2.3.4-beta";',
  'const id = "urn:oid:1.2.840.113549";',
  'const big = "999.1.1.1";',
  'listen("127.0.0.1");',
  'fetch(`https://${host}/v1`);',
  'const schema = "https://json-schema.org/draft/2020-12/schema";',
  'const sample = "https://api.example.com/";',
])('finds nothing in %s', async (text) => {
  expect(await scan(literalHosts, text)).toEqual([]);
});

const LICENCE = '// SPDX-License-Identifier: MIT\n';

test.each([
  ['reordered text', 'if (a) { /*\u202E } \u2066*/ }', 'suspicious-text.reordered:2'],
  ['a letter that is not seen', 'const ad\u200Bmin = 1;', 'suspicious-text.invisible:2'],
  ['a lookalike', 'const p\u0430yload = 1;', 'suspicious-text.lookalike:2'],
])('finds %s', async (_what, line, found) => {
  expect(await scan(suspiciousText, LICENCE + line)).toEqual([found]);
});

test.each([
  ['words of one script', `${LICENCE}const приве\u0442 = 'Ελληνικά';`],
  ['a byte order mark at the start', `\uFEFF${LICENCE}const a = 1;`],
  ['accents', `${LICENCE}const café = 'naïve';`],
])('finds nothing in %s', async (_what, text) => {
  expect(await scan(suspiciousText, text)).toEqual([]);
});

test('finds code without a licence, and asks for none elsewhere', async () => {
  expect(await scan(suspiciousText, 'const a = 1;')).toEqual(['suspicious-text.no-licence:1']);
  expect(await scan(suspiciousText, 'a: 1', 'a.yaml')).toEqual([]);
});

const active = {
  version: { manifest: literalHosts.manifest, digest: literalHosts.digest },
} as ActivePlugin;
const subject = {
  texts: new Map([
    ['a.js', 'connect("10.0.0.5");'],
    ['b.js', 'ok();'],
  ]),
} as unknown as ScanSubject;

const ruleThat = (
  answer: (input: JsonValue) => Promise<JsonValue>,
  digest = literalHosts.digest,
): ReturnType<typeof scanRuleOf> =>
  scanRuleOf(
    {
      execute: async ({ operation, input }) => ({
        output: await answer(input),
        operation,
        digest,
        usage: { wallMs: 0, outputBytes: 0 },
        repeated: false,
      }),
    },
    active,
    { id: 'scan', roles: [] },
  );
const really = async (input: JsonValue): Promise<JsonValue> =>
  (await literalHosts.module?.execute('scan', input, {} as never)) ?? null;

test('a scanner is a rule of scans that is shown every text', async () => {
  const hits = await ruleThat(really).find(subject);
  expect([...hits]).toMatchObject([{ file: 'a.js', line: 1, severity: 'low' }]);
});

test.each<[string, string, () => Promise<JsonValue>, string?]>([
  ['fails', 'broken', () => Promise.reject(new Error('broken'))],
  ['answers otherwise', 'did not answer', async () => ({ findings: [{ rule: 'x' }] })],
  ['was changed', 'that was bound', async () => ({ findings: [] }), 'f'.repeat(64)],
])('a scanner that %s ends the scan: %s', async (...[, message, answer, digest]) => {
  await expect((async () => await ruleThat(answer, digest).find(subject))()).rejects.toThrow(
    message,
  );
});
