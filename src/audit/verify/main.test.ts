import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runProcess } from '../fixtures/run-process.ts';
import { anEvent, openTrail } from '../fixtures/trail.ts';
import { issueReceipt } from '../export/issue-receipt.ts';

const here = new URL('.', import.meta.url).pathname;

async function phasegateVerify(...args: readonly string[]): Promise<string> {
  return runProcess(process.execPath, ['--import', 'tsx', join(here, 'main.ts'), ...args]);
}

test('the program needs nothing but Node', () => {
  const sources = readdirSync(here).filter((name) => !name.endsWith('.test.ts'));
  const imports = sources.flatMap((name) => [
    ...readFileSync(join(here, name), 'utf8').matchAll(/from '([^']+)'/g),
  ]);
  const own = sources.map((name) => `./${name}`);
  const foreign = imports.map(([, from = '']) => from).filter((from) => !own.includes(from));
  const allowed = ['node:crypto', 'node:fs', 'node:readline', 'node:util'];
  expect(foreign.toSorted()).toEqual(allowed);
});

test('the program is short enough to be read in one sitting', () => {
  const sources = readdirSync(here).filter((name) => !name.endsWith('.test.ts'));
  const lines = sources.flatMap(
    (name) => readFileSync(join(here, name), 'utf8').match(/\n/g) ?? [],
  );
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.length).toBeLessThan(300);
});

test('the program verifies an export, its outside checkpoints and a receipt', async () => {
  await using trail = await openTrail();
  await trail.log.append(anEvent('1', 'run-ended'));
  const directory = trail.path.replace('/audit.db', '');
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const key = file('key.pem', trail.signer.publicKey);
  const whole = file('export.jsonl', (await trail.exported()).join('\n'));
  const checkpoints = join(directory, 'audit.checkpoints');
  const receipt = file('receipt.json', await issueReceipt(trail.log, 'run-1'));
  const options = ['--key', key, '--checkpoints', checkpoints, '--origin', trail.log.origin];
  expect(JSON.parse(await phasegateVerify(...options, whole))).toMatchObject({ ok: true, size: 2 });
  expect(await phasegateVerify('--key', key, '--receipt', receipt)).toContain('"ok": true');
  const cut = file('cut.jsonl', (await trail.exported()).slice(0, 3).join('\n'));
  await expect(phasegateVerify(...options, cut)).rejects.toThrow(/ended with 1.*cut-tail/s);
  await expect(phasegateVerify(whole)).rejects.toThrow(/ended with 2.*usage/s);
  for (const [name, text] of [
    ['text.pem', 'no key'],
    ['broken.pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'],
  ] as const) {
    const said = phasegateVerify('--key', file(name, text), whole);
    await expect(said).rejects.toThrow(/ended with 2.*an Ed25519 public key \(PEM\)/s);
  }
});

test.each(['--help', '-h'])('%s prints the usage on standard output', async (help) => {
  expect(await phasegateVerify(help)).toMatch(/^usage: phasegate-verify/);
});
