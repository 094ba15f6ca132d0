import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import type { App } from '../open-app.ts';
import { makeDataFolder } from './make-data-folder.ts';

/** Answers that a person has given and not sent yet, so that nothing they wrote is lost with the process. */
export interface AnswerDraft {
  /** The answers by question id; none where nothing was kept. */
  read(): Promise<Readonly<Record<string, string>>>;
  /** Keeps the answers, in a file that only its owner can read. */
  write(answers: Readonly<Record<string, string>>): Promise<void>;
  /** Forgets them: they were sent. */
  clear(): Promise<void>;
}

const Answers = z.record(z.string(), z.string());

/** Gives the draft of the answers to a thread's questions. It lies in the data folder of this machine. */
export function answerDraft(
  { config, logger }: Pick<App, 'config' | 'logger'>,
  thread: string,
): AnswerDraft {
  const path = join(config.dataDir, 'drafts', `${encodeURIComponent(thread)}.json`);
  return Object.freeze({
    read: async () => {
      try {
        return Answers.parse(JSON.parse(await readFile(path, 'utf8')));
      } catch (error) {
        // A draft is a convenience: what cannot be read is asked again.
        const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        if (!isMissing) logger.warn('answer-draft-unreadable', { thread });
        return {};
      }
    },
    write: async (answers: Readonly<Record<string, string>>) => {
      makeDataFolder(dirname(path));
      await writeFile(`${path}.part`, JSON.stringify(answers), { mode: 0o600, flush: true });
      await rename(`${path}.part`, path);
    },
    clear: async () => rm(path, { force: true }),
  });
}
