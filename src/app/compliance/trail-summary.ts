import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { ChainMark } from '../../audit/index.ts';
import type { TrailEvidence } from '../../compliance/index.ts';
import { randomIds, type Logger } from '../../kernel/index.ts';
import { engineVersion } from '../plugins/engine-version.ts';

const Summary = z.strictObject({
  /** What looked: another release may see more in the same entries. */
  by: z.string(),
  mark: ChainMark,
  scan: z.strictObject({
    detectors: z.string(),
    entries: z.int().min(0),
    logs: z.boolean(),
    found: z.array(z.strictObject({ path: z.string(), type: z.string() })),
    unscannable: z.int().min(0),
  }),
});

/** How the trail was found up to a place. */
export interface TrailSummary {
  readonly mark: ChainMark;
  readonly scan: NonNullable<TrailEvidence['recordScan']>;
}

/** Where the summary of a trail is kept: a file of the data folder, sealed with its key. */
export interface TrailSummaryFile {
  /** Gives what was kept; `unusable` is one that cannot be read, is of another release, or was not sealed here. */
  read(): Promise<TrailSummary | 'none' | 'unusable'>;
  /** Keeps a summary. One that cannot be kept is told to the log: the trail is read from its beginning next time. */
  write(summary: TrailSummary): Promise<void>;
}

/** What the file is opened with. */
export interface TrailSummaryParts {
  readonly dataDir: string;
  readonly sealKey: Uint8Array;
  readonly logger: Logger;
  /** The release that looks; this one unless told. */
  readonly release?: string;
}

const FORMAT = 'phasegate trail summary/1';

/** Gives the summary's file of a data folder. */
export function trailSummaryFile({
  dataDir,
  sealKey,
  logger,
  release = engineVersion(),
}: TrailSummaryParts): TrailSummaryFile {
  const file = join(dataDir, 'trail-summary.json');
  const by = `${FORMAT} ${release}`;
  const sealOf = (text: string): Buffer =>
    createHmac('sha256', sealKey).update(`${FORMAT}\n${text}`).digest();
  const unused = (reason: string): 'unusable' => {
    logger.warn('trail-summary-unused', { reason });
    return 'unusable';
  };
  return Object.freeze({
    read: async () => {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        return isMissing ? 'none' : unused('unreadable');
      }
      const [seal = '', content = ''] = text.split('\n');
      const [expected, found] = [sealOf(content), Buffer.from(seal, 'hex')];
      if (expected.length !== found.length || !timingSafeEqual(expected, found))
        return unused('not sealed here');
      const read = Summary.safeParse(JSON.parse(content));
      if (!read.success || read.data.by !== by) return 'unusable';
      const { mark, scan } = read.data;
      return { mark, scan };
    },
    write: async (summary: TrailSummary) => {
      const content = JSON.stringify({ by, ...summary });
      // Commands that run at the same time do not write into one another's file.
      const part = `${file}.${randomIds.next()}.part`;
      try {
        const text = `${sealOf(content).toString('hex')}\n${content}\n`;
        await writeFile(part, text, { mode: 0o600, flush: true });
        await rename(part, file);
      } catch {
        logger.warn('trail-summary-unwritten', {});
      }
    },
  });
}
