// Completes package-lock.json with the optional platform packages that a registry mirror did not serve, so that `npm ci`
// accepts the file on every platform: npm 11 refuses a lockfile that lacks one of them. --check fails when one is missing.
import { readFileSync, writeFileSync } from 'node:fs';

import { satisfies } from 'semver';

const FILE = 'package-lock.json';
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const missing = [];
// What is put in at the top may hide another version from a package further down: look again until nothing is missing.
for (let before = -1; before !== missing.length;) {
  before = missing.length;
  addMissing();
}

if (missing.length > 0 && process.argv.includes('--check')) {
  console.error(
    `${FILE} lacks ${missing.length} optional packages (${missing[0]}, ...): run npm run lockfile`,
  );
  process.exit(1);
}
if (missing.length > 0) {
  const inOrder = Object.entries(lock.packages).toSorted(([one], [other]) =>
    one.localeCompare(other, 'en'),
  );
  writeFileSync(
    FILE,
    `${JSON.stringify({ ...lock, packages: Object.fromEntries(inOrder) }, undefined, 2)}\n`,
  );
}
console.log(`${FILE}: ${missing.length} optional platform packages added`);

function addMissing() {
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(path, name, version)) continue;
      missing.push(`${name}@${version}`);
      lock.packages[placeFor(path, name)] = describe(name, version, entry);
    }
  }
}

/** Whether a package at `path` would find `name` as Node does, in a version that it takes: below it, beside it, or further up. */
function isLocked(path, name, range) {
  for (
    let folder = path;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))
  ) {
    const found = lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    // The nearest one counts, whatever its version: that is what Node would load.
    if (found !== undefined) return satisfies(found.version, range);
    if (folder === '') return false;
  }
}

function placeFor(path, name) {
  return `${path.slice(0, path.lastIndexOf('node_modules/'))}node_modules/${name}`;
}

/** What npm writes for a package of another platform, read from the package's name. */
function describe(name, version, dependent) {
  const words = name.split(/[^a-z0-9]+/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  if (os.length + cpu.length === 0 || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(
      `${name}@${version}: platform or version not known; run npm install where the registry has it`,
    );
  }
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dependent.dev && { dev: true }),
    ...(os.includes('linux') && libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}
