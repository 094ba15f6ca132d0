// Runs every check of the project, or those not named by --without, and ends with a table. Fails if any of them does.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** npm scripts. What needs the built package comes after the build; checks of one group run at the same time. */
const GROUPS = [
  ['build', 'typecheck', 'lint', 'format:check'],
  ['architecture', 'generate:check', 'lockfile:check', 'knip'],
  ['snippets', 'package:check', 'docs:check'],
  ['test'],
];

const VITEST = 'node_modules/vitest/vitest.mjs';

const { values } = parseArgs({
  options: { without: { type: 'string', multiple: true, default: [] } },
});
const results = [];
for (const group of GROUPS) {
  const names = group.filter((name) => !values.without.includes(name));
  results.push(...(await Promise.all(names.map(run))));
}

console.log('\nverify');
for (const { name, ok, seconds } of results) {
  console.log(`  ${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`);
}
for (const name of values.without) console.log(`  left out  ${name}`);
const failed = results.filter(({ ok }) => !ok);
console.log(
  failed.length === 0
    ? 'verify: all passed'
    : `verify: ${failed.length} of ${results.length} failed`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function run(name) {
  const startedAt = performance.now();
  // The script "test" builds first, which was done; and npm passes the options of an `npm exec` around it on to another.
  const [program, script] =
    name === 'test' ? [process.execPath, [VITEST, 'run']] : ['npm', ['run', '--silent', name]];
  const env = name === 'test' ? process.env : { ...process.env, NO_COLOR: '1' };
  const child = spawn(program, script, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  // What passed says its last line only.
  const said = code === 0 ? (output.trim().split('\n').at(-1) ?? '') : output.trim();
  console.log(`--- ${name}: ${code === 0 ? 'ok' : 'FAILED'}\n${said}\n`);
  return { name, ok: code === 0, seconds };
}
