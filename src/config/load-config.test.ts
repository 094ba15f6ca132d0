import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { stringify } from 'smol-toml';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { InvalidConfigError, loadConfig, type Config, type Environment } from './index.ts';

const HEX_KEY = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
const CANARY = 'canary-7f3a';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phasegate-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  environment: Environment = {},
): Promise<Config> {
  await mkdir(join(folder, 'conf'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const inFolder = Object.keys(files).some((name) => name.startsWith('conf/'));
  return loadConfig({
    ...(inFolder ? { directory: 'conf' } : {}),
    workingDirectory: folder,
    environment,
  });
}

/** The problems of a configuration that must be refused, as the lines that people see. */
async function problemsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  environment: Environment = {},
): Promise<readonly string[]> {
  const error = await load(files, environment).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InvalidConfigError))
    throw new Error('the mistake was taken', { cause: error });
  expect(error.message).not.toContain(CANARY);
  expect(JSON.stringify(error.details)).not.toContain(CANARY);
  return error.message.split('\n  ').slice(1);
}

test('gives the built-in configuration when nothing else is there', async () => {
  const config = await load({});
  expect(config).toMatchObject({ profile: 'development', logLevel: 'notices', sealKey: undefined });
  expect(config.dataDir).toBe(join(folder, '.phasegate'));
  expect(config.models.names).toContain('openai-mini');
});

test('lets each layer override the one below key by key', async () => {
  const files = {
    'phasegate.toml': 'data_dir = "a"\nlog_level = "info"\n[phase]\ntimeout_ms = 1_000\n',
    'conf/default.toml': 'log_level = "error"\n[thread]\nlease_ms = 9_000\n',
  };
  const config = await load(files, { PHASEGATE_DATA_DIR: '/b' });
  expect(config).toMatchObject({ dataDir: '/b', logLevel: 'error' });
  expect(config.phase.timeoutMs).toBe(1000);
  expect(config.thread.leaseMs).toBe(9000);
  expect(config.approval.validForMs).toBeGreaterThan(0);
  expect(config.files.slice(-2)).toEqual(['phasegate.toml', 'conf/default.toml']);
});

test('puts what the caller asks for above files and variables', async () => {
  const config = await loadConfig({
    workingDirectory: folder,
    environment: { PHASEGATE_LOG_LEVEL: 'info', PHASEGATE_DATA_DIR: 'x' },
    overrides: { logLevel: 'debug', dataDir: '${HOME}' },
  });
  expect(config).toMatchObject({ logLevel: 'debug', dataDir: join(folder, '${HOME}') });
});

test('freezes everything', async () => {
  const config = await load({});
  const frozen = (value: unknown): boolean =>
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(frozen));
  expect(frozen(config)).toBe(true);
  expect(frozen(config.models.select('local'))).toBe(true);
});

test('reads CRLF, a byte-order mark and letters beyond ASCII', async () => {
  const text = '\uFEFFdata_dir = "Größe/日本"\r\n[phase]\r\ntimeout_ms = 5\r\n';
  const config = await load({ 'phasegate.toml': text });
  expect(config.dataDir).toBe(join(folder, 'Größe/日本'));
  expect(config.phase.timeoutMs).toBe(5);
});

test('counts lines and columns the same with CRLF, a byte-order mark and letters beyond ASCII', async () => {
  const text = '\uFEFFdata_dir = "ü"\r\n\r\n[phase]\r\n  timeout = 5\r\n';
  expect(await problemsOf({ 'phasegate.toml': text })).toEqual([
    'phasegate.toml:4:3 phase.timeout: unknown key; did you mean "timeout_ms"?',
  ]);
});

test.each([
  [
    'a syntax error',
    `a = "${CANARY}\n`,
    'phasegate.toml:1:17 control characters are not allowed in strings.',
  ],
  [
    'a duplicate key',
    'data_dir = "a"\ndata_dir = "b"\n',
    'phasegate.toml:2:1 this key or table is already defined above.',
  ],
  [
    'a duplicate table',
    '[phase]\n\n[phase]\n',
    'phasegate.toml:3:2 this key or table is already defined above.',
  ],
  [
    'an unknown key',
    'data_dri = "x"\n',
    'phasegate.toml:1:1 data_dri: unknown key; did you mean "data_dir"?',
  ],
  [
    'an unknown table',
    '\n[phasse]\ntimeout_ms = 1\n',
    'phasegate.toml:2:1 phasse: unknown key; did you mean "phase"?',
  ],
  [
    'a wrong type',
    `[phase]\ntimeout_ms = "${CANARY}"\n`,
    'phasegate.toml:2:14 phase.timeout_ms: expected a number, found a string.',
  ],
  [
    'a fraction for a whole number',
    '[phase]\ntimeout_ms = 1.5\n',
    'phasegate.toml:2:14 phase.timeout_ms: expected a whole number, found a number.',
  ],
  [
    'a value out of range',
    '[phase]\ntimeout_ms = 0\n',
    'phasegate.toml:2:14 phase.timeout_ms: expected at least 1.',
  ],
  [
    'a value for a table',
    'phase = 3\n',
    'phasegate.toml:1:9 phase: expected a table, found a number.',
  ],
  [
    'a table for a value',
    '[data_dir]\nx = 1\n',
    'phasegate.toml:1:1 data_dir: expected a string, found a table.',
  ],
  [
    'a value in an inline table',
    'phase = { timeout_ms = true }\n',
    'phasegate.toml:1:24 phase.timeout_ms: expected a number, found true or false.',
  ],
  [
    'a dotted key',
    'phase.timeout_ms = []\n',
    'phasegate.toml:1:20 phase.timeout_ms: expected a number, found an array.',
  ],
  [
    'a missing variable',
    'data_dir = "x/${NOWHERE}"\n',
    'phasegate.toml:1:12 data_dir: environment variable NOWHERE is not set. Set it, or write a default: ${NOWHERE:-default}.',
  ],
  [
    'a variable that never ends',
    'data_dir = "${HOME"\n',
    'phasegate.toml:1:12 data_dir: expected ${NAME} or ${NAME:-default}; write $${ for a literal ${.',
  ],
  [
    'a reserved key',
    '[phase]\n"__proto__" = 1\n',
    'phasegate.toml:2:1 phase.__proto__: this key is reserved and cannot be used.',
  ],
  [
    'a provider that is not there',
    '[models.local]\nprovider = "olama"\n',
    'phasegate.toml:2:12 models.local.provider: no provider has this name; did you mean "ollama"?',
  ],
  [
    'credentials in a URL',
    `[providers.vllm]\nbase_url = "http://me:${CANARY}@127.0.0.1/v1"\n`,
    'phasegate.toml:2:12 providers.vllm.base_url: expected a URL without a user or password; credentials belong into api_key.',
  ],
  [
    'an unknown key of a model',
    '[models.local]\ntemprature = 0\n',
    'phasegate.toml:2:1 models.local.temprature: unknown key; did you mean "temperature"?',
  ],
  [
    'an answer longer than the context',
    '[models.local]\nmax_output_tokens = 32_000\n',
    'phasegate.toml:2:21 models.local.max_output_tokens: expected less than context_tokens, which holds question and answer.',
  ],
  [
    'a key that is needed and empty',
    '[providers.openai]\napi_key = ""\n',
    'phasegate.toml:2:11 providers.openai.api_key: expected a key, because the api is "openai".',
  ],
  [
    'a version where none belongs',
    '[providers.vllm]\napi_version = "1"\n',
    'phasegate.toml:2:15 providers.vllm.api_version: expected no version, because only the api "azure" has one.',
  ],
  [
    'a name that is not one',
    '[models."Not A Name"]\n',
    'phasegate.toml:1:1 models."Not A Name": expected a name of at most 64 lower-case letters, digits, dots, hyphens and underscores.',
  ],
])('names the place of %s', async (_what, text, line) => {
  expect((await problemsOf({ 'phasegate.toml': text }))[0]).toBe(line);
});

test('names the key that is missing from a table, at the table', async () => {
  const text =
    '[models.mine]\nprovider = "openai"\nmodel = "m"\nstructured_output = "json_schma"\ncontext_tokens = 1\nmax_output_tokens = 1\n';
  expect(await problemsOf({ 'conf/llm.toml': text })).toEqual([
    'conf/llm.toml:1:1 models.mine.price: missing; expected a table.',
    'conf/llm.toml:4:21 models.mine.structured_output: expected "json_schema" or "function_calling" or "json_mode"; did you mean "json_schema"?',
  ]);
});

test('says where a file stops being UTF-8', async () => {
  const bytes = Buffer.concat([
    Buffer.from('# fine\nx = "'),
    Buffer.from([0xe4]),
    Buffer.from('"\n'),
  ]);
  expect(await problemsOf({ 'phasegate.toml': bytes })).toEqual([
    'phasegate.toml:2:6 not valid UTF-8. Save the file as UTF-8.',
  ]);
});

test('reports every problem of every file at once, in reading order', async () => {
  const files = {
    'phasegate.toml': 'log_level = "wran"\nnope = 1\n',
    'conf/default.toml': '[phase]\ntimeout_ms = "x"\n',
    'conf/llm.toml': '[budget\n',
    'conf/lm.toml': '',
  };
  const problems = await problemsOf(files, { PHASEGATE_PROFILE: 'prod' });
  expect(problems.map((line) => line.split(' ', 1)[0])).toEqual([
    'conf/default.toml:2:14',
    'conf/llm.toml:1:8',
    'conf/lm.toml:1:1',
    'phasegate.toml:1:13',
    'phasegate.toml:2:1',
    'environment',
  ]);
});

test('fills variables after parsing, so that their content is never read as TOML', async () => {
  const nasty = `a"\nlog_level = "${CANARY}" \${HOME}`;
  const config = await load(
    { 'phasegate.toml': 'data_dir = "${DIR}/$${x}"\n' },
    { DIR: `/${nasty}`, HOME: '/h' },
  );
  expect(config.dataDir).toBe(`/${nasty}/\${x}`);
});

test('converts what a variable holds to the type that the key wants', async () => {
  const files = {
    'phasegate.toml': '[phase]\ntimeout_ms = "${T}"\n[budget]\nmax_cost_usd = "${C:-0.5}"\n',
  };
  expect((await load(files, { T: ' 1_500 ' })).models.select('local').budget.maxCostUsd).toBe(0.5);
  expect((await load(files, { T: '1500' })).phase.timeoutMs).toBe(1500);
  expect(await problemsOf(files, { T: CANARY })).toEqual([
    'phasegate.toml:2:14 phase.timeout_ms: expected a number, found a string.',
  ]);
});

test('takes a variable that is set to nothing for one that is not set', async () => {
  const config = await load({ 'phasegate.toml': 'data_dir = "${DIR:-/fallback}"\n' }, { DIR: '' });
  expect(config.dataDir).toBe('/fallback');
});

test('says which folder cannot be read', async () => {
  const options = { directory: 'nowhere', workingDirectory: folder, environment: {} };
  await expect(loadConfig(options)).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' });
  await mkdir(join(folder, 'empty'));
  await expect(loadConfig({ ...options, directory: 'empty' })).rejects.toThrow(
    'default.toml or llm.toml in it',
  );
});

test('refuses to start in production without a sealing key', async () => {
  const production = { PHASEGATE_PROFILE: 'production' };
  await expect(load({}, production)).rejects.toMatchObject({ code: 'CONFIG_SEAL_KEY_MISSING' });
  const config = await load({}, { ...production, PHASEGATE_SEAL_KEY: HEX_KEY });
  expect(Buffer.from(config.sealKey?.reveal() ?? []).toString('hex')).toBe(HEX_KEY);
});

test('takes the same sealing key in hex, base64 and URL-safe base64', async () => {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index * 3));
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    const config = await load({}, { PHASEGATE_SEAL_KEY: bytes.toString(encoding) });
    expect(Buffer.from(config.sealKey?.reveal() ?? [])).toEqual(bytes);
  }
});

test.each(['short', '0'.repeat(64), HEX_KEY.slice(1), `${HEX_KEY}00`])(
  'refuses the sealing key %s without quoting it',
  async (key) => {
    const problems = await problemsOf({}, { PHASEGATE_SEAL_KEY: key });
    expect(problems).toEqual([
      'environment variable PHASEGATE_SEAL_KEY seal_key: expected 32 random bytes as 64 hexadecimal digits or as base64.',
    ]);
  },
);

test('reads back whatever configuration is written as TOML', async () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((value) => !value.includes('\0'));
  const settings = fc.record({
    data_dir: text.map((value) => `/${value.replaceAll('${', '$')}`),
    log_level: fc.constantFrom('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    approval: fc.record({ valid_for_ms: fc.integer({ min: 1, max: 31_536_000_000 }) }),
    budget: fc.record({ max_cost_usd: fc.double({ min: 0, max: 1e6, noNaN: true }) }),
    models: fc.record({
      local: fc.record({ model: text.map((value) => value.replaceAll('${', '$')) }),
    }),
  });
  await fc.assert(
    fc.asyncProperty(settings, fc.boolean(), async (written, windows) => {
      const toml = stringify(written);
      const config = await load({
        'phasegate.toml': windows ? toml.replaceAll('\n', '\r\n') : toml,
      });
      const model = config.models.select('local');
      expect(config.logLevel).toBe(written.log_level);
      expect(config.approval.validForMs).toBe(written.approval.valid_for_ms);
      expect(model.budget.maxCostUsd).toBe(written.budget.max_cost_usd);
      expect(model.model).toBe(written.models.local.model);
      expect(config.dataDir).toBe(join(written.data_dir).replace(/(.)\/$/, '$1'));
    }),
    { numRuns: 60 },
  );
});
