// Packs the package as it would be published and asks publint and attw about the tarball.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

const FOLDER = '.cache/package';
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const packed = execFileSync(
  'npm',
  ['pack', '--ignore-scripts', '--json', '--pack-destination', FOLDER],
  {
    encoding: 'utf8',
  },
);
const report = JSON.parse(packed);
const [{ filename, files, size }] = Array.isArray(report) ? report : Object.values(report);
const tarball = `${FOLDER}/${filename}`;

const unwanted = files
  .map(({ path }) => path)
  .filter((path) => /\.test\.|\.tsbuildinfo$|^(test|scripts|node_modules)\//.test(path));
if (unwanted.length > 0)
  fail(`the package holds files that nobody needs: ${unwanted.slice(0, 5).join(', ')}`);

const targets = Object.values(JSON.parse(readFileSync('package.json', 'utf8')).exports).flatMap(
  (target) => (typeof target === 'string' ? [target] : Object.values(target)),
);
const packedPaths = new Set(files.map(({ path }) => `./${path}`));
const absent = targets.filter((target) => !packedPaths.has(target));
if (absent.length > 0) fail(`exports name files that are not in the package: ${absent.join(', ')}`);

ask('publint', ['run', tarball, '--strict', '--pack', 'false']);
ask('attw', [
  tarball,
  '--profile',
  'esm-only',
  '--no-emoji',
  '--no-color',
  '--format',
  'ascii',
  '--no-definitely-typed',
]);
console.log(`Package: ${filename}, ${files.length} files, ${Math.round(size / 1024)} KiB packed`);

function ask(tool, options) {
  const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${tool}`, options, {
    encoding: 'utf8',
  });
  if (status !== 0) fail(`${tool}:\n${stdout}${stderr}`);
}

function fail(problem) {
  console.error(problem);
  process.exit(1);
}
