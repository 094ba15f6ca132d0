// A clean install and every check on other versions of Node, brought by npm as packages that need no install script.
import { spawnSync } from 'node:child_process';
import { platform, arch } from 'node:process';

const VERSIONS = ['22.23.3', '24.21.0'];
const system = platform === 'win32' ? 'win' : platform;

const failed = VERSIONS.filter((version) => {
  console.log(`\n--- Node ${version}`);
  const command = 'node --version && npm ci --no-audit --no-fund && npm run --silent verify';
  const npx = ['exec', '--yes', `--package=node-${system}-${arch}@${version}`, '--call', command];
  return spawnSync('npm', npx, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0;
});
console.log(
  failed.length === 0
    ? `All passed on Node ${VERSIONS.join(', ')}`
    : `Failed on Node ${failed.join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
