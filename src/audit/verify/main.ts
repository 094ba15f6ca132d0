#!/usr/bin/env node
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { judgeReceipt, openChain, readPublicKey } from './verifier.ts';

const USAGE = `usage: phasegate-verify --key PUBLIC_KEY.pem [--checkpoints FILE] [--origin ORIGIN] EXPORT.jsonl
       phasegate-verify --key PUBLIC_KEY.pem --receipt RECEIPT.json
Prints a report as JSON. Exit code 0: nothing is wrong; 1: something is; 2: it could not be verified.\n`;

try {
  const report = await verified();
  process.stdout.write(report === undefined ? USAGE : `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report?.ok === false ? 1 : 0;
} catch (error) {
  const text = String((Object(error) as Partial<Error>).message);
  const isKey = /^error:|asymmetric key/.test(text);
  process.stderr.write(`${isKey ? 'Expected an Ed25519 public key (PEM).' : text}\n${USAGE}`);
  process.exitCode = 2;
}

async function verified() {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean', short: 'h' }] as const;
  const options = { key: text, checkpoints: text, origin: text, receipt: text, help: flag };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { key, checkpoints, origin, receipt, help } = values;
  if (help === true) return undefined;
  const [file = '', ...more] = positionals;
  const isOne = more.length === 0 && (file === '') !== (receipt === undefined);
  if (key === undefined || !isOne) throw new Error('Expected a key, and an export or a receipt.');
  const trusted = readPublicKey(readFileSync(key, 'utf8'));
  if (receipt !== undefined) return judgeReceipt(readFileSync(receipt, 'utf8'), trusted);
  const chain = openChain();
  for await (const line of createInterface({ input: createReadStream(file) })) chain.read(line);
  const outside = checkpoints === undefined ? '' : readFileSync(checkpoints, 'utf8');
  return chain.judge(trusted, outside.split('\n'), origin);
}
