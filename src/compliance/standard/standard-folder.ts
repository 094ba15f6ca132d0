import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readCases, runCases, type CaseResult } from '../cases/run-cases.ts';
import { StandardFolderError } from '../errors.ts';
import { loadStandard } from './load-standard.ts';
import type { Standard } from './standard.ts';

/** A standard of the user's own, and what came of its cases. */
export interface OpenedStandard {
  readonly standard: Standard;
  /** Cases that did not come out as they should; a standard with any is not to be relied on. */
  readonly failed: readonly CaseResult[];
  readonly cases: number;
}

/**
 * Opens a folder with a standard: `pack.json`, and `cases.json` that show that its checks ask what they should.
 *
 * @throws {@link StandardFolderError} for a file that cannot be read; {@link InvalidStandardError} with every mistake in the
 * pack at its file, line and column; {@link InvalidEvidenceError} for cases that are not of their shape.
 */
export async function openStandardFolder(directory: string): Promise<OpenedStandard> {
  const file = join(directory, 'pack.json');
  const standard = loadStandard(await textOf(file), { file });
  const results = runCases(standard, readCases(await jsonOf(join(directory, 'cases.json'))));
  const failed = results.filter(({ expected, found }) => found.outcome !== expected);
  return Object.freeze({ standard, failed, cases: results.length });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StandardFolderError(file, error);
  }
}

async function jsonOf(file: string): Promise<unknown> {
  const text = await textOf(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StandardFolderError(file, error);
  }
}
