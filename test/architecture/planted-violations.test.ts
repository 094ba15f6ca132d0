import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const COPIED = [
  'src',
  'agents',
  'graphs',
  'examples',
  'package.json',
  'tsconfig.json',
  'floors.mjs',
  '.dependency-cruiser.mjs',
];

/** One file for each kind of violation, and the rule that must report it. */
const PLANTED = [
  {
    kind: 'an import from a floor above',
    file: 'src/validation/planted-upward.ts',
    text: "export { main } from '../cli/index.ts';",
    rule: 'floor-2-src/validation',
  },
  {
    kind: 'an import from the same floor',
    file: 'src/validation/planted-sideways.ts',
    text: "export type { Hidden } from '../resilience/index.ts';",
    rule: 'floor-2-src/validation',
  },
  {
    kind: 'a sibling standard',
    file: 'src/compliance/standards/one/planted-sibling.ts',
    text: "export { other } from '../other/index.ts';",
    rule: 'siblings-src/compliance/standards',
  },
  {
    kind: 'a sibling agent beyond its artifact',
    file: 'agents/requirements/planted-sibling.ts',
    text: "export { strategy } from '../strategy/planted-inside.ts';",
    rule: 'siblings-agents',
  },
  {
    kind: 'a back door into a lower floor',
    file: 'src/workflow/planted-back-door.ts',
    text: "export { canonicalJson } from '../kernel/canonical-json.ts';",
    rule: 'front-door',
  },
  {
    kind: 'a back door from outside src',
    file: 'graphs/planted-back-door.ts',
    text: "export { canonicalJson } from '../src/kernel/canonical-json.ts';",
    rule: 'front-door-from-outside',
  },
  {
    kind: 'a back door into an agent',
    file: 'src/app/planted-agent.ts',
    text: "export { strategy } from '../../agents/strategy/planted-inside.ts';",
    rule: 'front-door-of-agents',
  },
  {
    kind: 'a vendor away from its home',
    file: 'src/workflow/planted-vendor.ts',
    text: "export { default } from 'libsql';",
    rule: 'vendor-pg|libsql|better-sqlite3|kysely',
  },
  {
    kind: 'a vendor that has no home',
    file: 'src/kernel/planted-stray.ts',
    text: "export { test } from 'vitest';",
    rule: 'vendor-without-a-home',
  },
  {
    kind: 'test code in a source',
    file: 'src/kernel/planted-fixture.ts',
    text: "export { sample } from './fixtures/planted-sample.ts';",
    rule: 'no-test-code-in-source',
  },
  {
    kind: 'a cycle',
    file: 'src/cli/planted-one.ts',
    text: "import { two } from './planted-two.ts';\nexport const one = (): unknown => two;",
    rule: 'no-cycles',
  },
  {
    kind: 'a heavy vendor behind the root',
    file: 'src/index.ts',
    text: "export { default } from 'libsql';",
    rule: 'root-stays-light',
  },
  {
    kind: 'an example that reaches into the source',
    file: 'examples/planted-inside.ts',
    text: "export { canonicalJson } from '../src/kernel/index.ts';",
    rule: 'published-names-only',
  },
];

/** What the planted files import. */
const PROPS = {
  'src/kernel/fixtures/planted-sample.ts': 'export const sample = 1;',
  'src/cli/index.ts': 'export const main = 1;',
  'src/resilience/index.ts': 'export interface Hidden { readonly hidden: true }',
  'src/compliance/standards/other/index.ts': 'export const other = 1;',
  'agents/strategy/planted-inside.ts': 'export const strategy = 1;',
  'agents/generation/planted-artifact.ts':
    "export type { Strategy } from '../strategy/artifact.ts';",
  'src/cli/planted-two.ts':
    "import { one } from './planted-one.ts';\nexport const two = (): unknown => one;",
};

const repository = resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'phasegate-planted-'));
let reported: readonly string[] = [];

beforeAll(async () => {
  for (const entry of COPIED.filter((name) => existsSync(join(repository, name)))) {
    cpSync(join(repository, entry), join(copy, entry), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
  for (const [file, text] of Object.entries(PROPS)) plant(file, text);
  for (const { file, text } of PLANTED) plant(file, text);
  reported = await violationsIn(copy);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the architecture check, on a copy of the tree with planted violations', () => {
  test.each(PLANTED)('reports $kind', ({ file, rule }) => {
    expect(
      reported.filter((line) => line.startsWith(`${rule}: `) && line.includes(file)),
    ).not.toEqual([]);
  });

  test('lets a phase know an earlier phase by its artifact', () => {
    expect(reported.filter((line) => line.includes('planted-artifact.ts'))).toEqual([]);
  });
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), `${text}\n`);
}

async function violationsIn(folder: string): Promise<readonly string[]> {
  const script = join(repository, 'scripts/architecture.mjs');
  const run = promisify(execFile)(process.execPath, [script], { cwd: folder });
  const outcome = await run.then(
    () => ({ stderr: '' }),
    (error: { readonly stderr: string }) => error,
  );
  return outcome.stderr.split('\n');
}
