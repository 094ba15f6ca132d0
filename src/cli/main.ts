#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import picocolors from 'picocolors';

import { runCli } from './run-cli.ts';
import { listenForStop } from './stop-signals.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal({
  input: process.stdin,
  output: process.stdout,
  error: process.stderr,
  colours: picocolors.isColorSupported,
});
const stop = listenForStop();
const exitCode = await runCli({
  args: process.argv.slice(2),
  program: calledAs(process.argv[1] ?? 'phasegate'),
  version: packageVersion(),
  terminal,
  stop,
});
await terminal.drain();
// Whatever still waits in the background (a tracing server that does not answer) must not hold the caller.
process.exit(exitCode);

/** How to call this program again from here: by its name where it is installed, else by its file. */
function calledAs(script: string): string {
  const name = basename(script).replace(/\.(?:c|m)?js$|\.cmd$/, '');
  if (name !== 'main') return name;
  const path = relative(process.cwd(), script);
  return `node ${path.startsWith('..') ? script : path}`;
}

/** The package's own manifest lies above both the source and the compiled code. */
function packageVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
        return String(manifest.version);
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    const parent = dirname(folder);
    if (parent === folder) return 'unknown';
    folder = parent;
  }
}
