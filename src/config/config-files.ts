import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { UnreadableConfigError } from './errors.ts';
import type { Problem } from './problem.ts';
import { nearest } from './toml/nearest.ts';

/** The files of a configuration folder, lowest layer first. */
const FILES = ['default.toml', 'llm.toml'];
const PROJECT_FILE = 'phasegate.toml';
const MAX_BYTES = 1024 * 1024;

/** A configuration file's bytes, under the name to show. */
export interface Source {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What {@link readSources} found. */
export interface Sources {
  readonly sources: readonly Source[];
  /** TOML files in the folder that nothing reads. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the files of the package, the `phasegate.toml` of `workingDirectory` if there is one, and those of `directory`.
 *
 * @throws {@link UnreadableConfigError} for a folder without a configuration file, or a file that cannot be read.
 */
export async function readSources(workingDirectory: string, directory?: string): Promise<Sources> {
  const show = (path: string): string => shownName(workingDirectory, path);
  const paths = FILES.map((file) => join(builtInDirectory(), file));
  const projectFile = join(workingDirectory, PROJECT_FILE);
  if (existsSync(projectFile)) paths.push(projectFile);
  const problems: Problem[] = [];
  if (directory !== undefined) {
    const folder = resolve(workingDirectory, directory);
    const present = (await list(folder, show(folder))).filter((file) => file.endsWith('.toml'));
    const known = FILES.filter((file) => present.includes(file));
    if (known.length === 0)
      throw new UnreadableConfigError(show(folder), `${FILES.join(' or ')} in it`);
    paths.push(...known.map((file) => join(folder, file)));
    const strays = present.filter((file) => !FILES.includes(file));
    problems.push(...strays.map((file) => stray(show(join(folder, file)), file)));
  }
  const sources = await Promise.all(
    paths.map(async (path) => ({ name: show(path), bytes: await read(path, show(path)) })),
  );
  return { sources, problems };
}

/** The package's own `config` folder: found upwards, because compiled code lies deeper than its source. */
function builtInDirectory(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!FILES.every((file) => existsSync(join(folder, 'config', file)))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new UnreadableConfigError('the package', `config/${FILES.join(', config/')}`);
    folder = parent;
  }
  return join(folder, 'config');
}

async function list(folder: string, shown: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    throw new UnreadableConfigError(shown, 'a folder that can be read', error);
  }
}

async function read(path: string, shown: string): Promise<Uint8Array> {
  const expected = `a file of at most ${MAX_BYTES} bytes that can be read`;
  try {
    const { size } = await stat(path);
    if (size <= MAX_BYTES) return await readFile(path);
  } catch (error) {
    throw new UnreadableConfigError(shown, expected, error);
  }
  throw new UnreadableConfigError(shown, expected);
}

function stray(name: string, file: string): Problem {
  const suggestion = nearest(file, FILES);
  const help =
    suggestion === undefined ? `known: ${FILES.join(', ')}.` : `did you mean "${suggestion}"?`;
  return {
    kind: 'unknown-file',
    place: { file: name, line: 1, column: 1 },
    path: '',
    message: `nothing reads a file of this name; ${help}`,
  };
}

/** Relative to the working directory where that is shorter to read, always with forward slashes. */
function shownName(workingDirectory: string, path: string): string {
  const short = relative(workingDirectory, path);
  const outside = short.startsWith('..') || isAbsolute(short);
  return (outside || short === '' ? path : short).replaceAll('\\', '/');
}
