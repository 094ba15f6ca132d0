import { isBuiltin } from 'node:module';

import { expect, test } from 'vitest';

import type { ScanFinding } from '../contract/index.ts';
import { pluginFrom } from '../fixtures/plugin-from.ts';
import { createScanner } from './create-scanner.ts';
import { benignFiles, type BenignFile } from './fixtures/benign-files.ts';

const FILES = 200;
const MOST_FALSE = FILES * 0.05;

/**
 * What a reader would point at when asked to show that a finding is true, as a search in the text that knows nothing of
 * syntax trees. A rule that is not here has no excuse: each of its findings counts as false.
 */
const SHOWN_BY: Readonly<Record<string, RegExp>> = {
  'threat.dynamic-code': /\beval\s*\(|\bFunction\s*\(|\.constructor\b/,
  'threat.computed-import': /\b(?:import|require)\s*\(\s*[^'"`\s)]/,
  'threat.computed-global': /\b(?:globalThis|global|window|self)\b/,
  'threat.webassembly': /\bWebAssembly\.\w/,
  'threat.prototype-write': /\.prototype\b|__proto__/,
  'undeclared.name':
    /\b(?:process\s*\.\s*(?:env|exit|kill|binding|chdir)|fetch\s*\(|XMLHttpRequest|WebSocket|EventSource|new Worker|Deno|Bun)\b|\benv\b/,
  'text.encoded': /[A-Za-z0-9+/]{1000}/,
};
const MODULE = /['"](?:node:)?([\w/]+)['"]/g;

function isShown({ rule, line }: ScanFinding, text: string): boolean {
  if (rule === 'undeclared.module' || rule === 'threat.dangerous-module') {
    // An import may go over several lines.
    const lines = text
      .split('\n')
      .slice(line - 1, line + 30)
      .join('\n');
    return [...lines.matchAll(MODULE)].some(([, name = '']) => isBuiltin(name));
  }
  const lines = text
    .split('\n')
    .slice(line - 1, line + 2)
    .join('\n');
  return SHOWN_BY[rule]?.test(lines) === true;
}

/** Counts what says that something is wrong; how a package is put together is not the file's fault. */
async function findingsIn({ name, text }: BenignFile): Promise<readonly ScanFinding[]> {
  const scan = createScanner({ secondPass: 'never' });
  const plugin = pluginFrom('export default {};', { files: { [name]: text } });
  const { findings } = await scan(plugin, { status: 'trusted' });
  return findings.filter(
    ({ file, severity }) => file === name && severity !== 'info' && severity !== 'low',
  );
}

test(`under 5 % of ${FILES} files of installed packages have a finding that is not true of them`, async () => {
  const files = benignFiles(FILES);
  expect(new Set(files.map(({ path }) => path)).size).toBe(FILES);
  const wrong: string[] = [];
  let flagged = 0;
  for (const file of files) {
    const findings = await findingsIn(file);
    if (findings.length > 0) flagged += 1;
    const untrue = findings.filter((finding) => !isShown(finding, file.text));
    if (untrue.length > 0) wrong.push(`${file.path}: ${untrue.map(({ rule }) => rule).join(', ')}`);
  }
  // Libraries do read files and the environment; a scan that found nothing would be blind.
  expect(flagged).toBeGreaterThan(FILES * 0.05);
  // Those over the limit, by name.
  expect(wrong.slice(MOST_FALSE - 1)).toEqual([]);
}, 60_000);
