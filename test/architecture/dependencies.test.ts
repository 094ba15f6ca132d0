import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { repository } from './tree.ts';

const Versions = z.record(z.string(), z.string());
const Manifest = z.object({
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  overrides: Versions,
  allowScripts: z.record(z.string(), z.boolean()),
});
const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      hasInstallScript: z.boolean().optional(),
      optionalDependencies: Versions.optional(),
    }),
  ),
});

const manifest = Manifest.parse(json('package.json'));
const lockfile = Lockfile.parse(json('package-lock.json'));

test('every dependency names one exact version', () => {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides };
  const exact = /^(npm:[^@]+@|npm:@[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
  expect(Object.entries(all).filter(([, version]) => !exact.test(version))).toEqual([]);
});

test('no package may run an install script, and each that has one is named', () => {
  const withScripts = Object.entries(lockfile.packages)
    .filter(([, entry]) => entry.hasInstallScript === true)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(manifest.allowScripts).toEqual(
    Object.fromEntries(withScripts.map((name) => [name, false])),
  );
});

test('the lockfile holds the optional packages of every platform', () => {
  const locked = Object.keys(lockfile.packages);
  const optional = Object.values(lockfile.packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  );
  const isLocked = (name: string): boolean =>
    locked.some((path) => path.endsWith(`node_modules/${name}`));
  expect(optional.filter((name) => !isLocked(name))).toEqual([]);
});

function json(file: string): unknown {
  return JSON.parse(readFileSync(join(repository, file), 'utf8'));
}
