import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import type { EarlierReport } from '../../reports/index.ts';
import { UnreadableFileError } from '../errors.ts';
import { makeDataFolder } from '../files/make-data-folder.ts';

const Count = z.int().min(0);
const Line = z.strictObject({
  id: z.string(),
  standard: z.string(),
  assessedAt: z.iso.datetime(),
  period: z.strictObject({ from: z.string(), to: z.string() }),
  digest: z.string(),
  counts: z.strictObject({
    satisfied: Count,
    'not-satisfied': Count,
    error: Count,
    'not-applicable': Count,
    manual: Count,
  }),
});

/** What is kept of a report: its numbers. */
export type KeptReport = z.infer<typeof Line> & EarlierReport;

function fileOf(directory: string): string {
  return join(directory, 'compliance-reports.jsonl');
}

/** Notes a report down in the data folder. @throws what the file system throws. */
export async function keepReport(directory: string, report: KeptReport): Promise<void> {
  makeDataFolder(directory);
  await appendFile(fileOf(directory), `${JSON.stringify(Line.parse(report))}\n`, {
    mode: 0o600,
    flush: true,
  });
}

/**
 * Gives the reports that were made here, oldest first.
 *
 * @throws {@link UnreadableFileError} for a file that cannot be read, or that holds something else.
 */
export async function keptReports(directory: string): Promise<readonly KeptReport[]> {
  const file = fileOf(directory);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new UnreadableFileError(file, error);
  }
  // The last line of a process that was killed while it wrote has no end, and is no report.
  const lines = text.split('\n').slice(0, -1);
  try {
    return lines.map((line) => Line.parse(JSON.parse(line)));
  } catch (error) {
    throw new UnreadableFileError(file, error);
  }
}
