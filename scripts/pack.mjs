// Packs the package as it would be published into .cache/package.tgz, and looks at what is in it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';

mkdirSync('.cache', { recursive: true });
const command = ['pack', '--ignore-scripts', '--json', '--pack-destination', '.cache'];
const report = JSON.parse(execFileSync('npm', command, { encoding: 'utf8' }));
const [{ filename, files, size }] = Array.isArray(report) ? report : Object.values(report);
renameSync(`.cache/${filename}`, '.cache/package.tgz');

const packed = files.map(({ path }) => path);
const unwanted = packed.filter((path) =>
  /\.test\.|\/fixtures\/|^(test|scripts|node_modules)\//.test(path),
);
const { exports, bin } = JSON.parse(readFileSync('package.json', 'utf8'));
const targets = [...Object.values(exports), bin].flatMap((target) =>
  typeof target === 'string' ? [target] : Object.values(target),
);
const absent = targets.filter((target) => !packed.includes(target.replace(/^\.\//, '')));
if (unwanted.length > 0) console.error(`Nobody needs in the package: ${unwanted.join(', ')}`);
if (absent.length > 0) console.error(`Named in package.json, not packed: ${absent.join(', ')}`);
console.log(`Package: ${packed.length} files, ${Math.round(size / 1024)} KiB`);
process.exitCode = unwanted.length + absent.length === 0 ? 0 : 1;
