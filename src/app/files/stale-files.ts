import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { OutputFailedError } from '../errors.ts';

/** The file that lists a campaign's emails, and the files of each. */
const MANIFEST = 'campaign.json';
const FileName = z.string().regex(/^[\w.-]{1,200}\.(?:eml|html|txt)$/);
const Manifest = z.object({
  emails: z.array(
    z.object({ files: z.object({ eml: FileName, html: FileName, txt: FileName }) }).loose(),
  ),
});

/**
 * Gives the files below `root` that an earlier campaign there listed as its own and that are not among `current`. Files that
 * no list of ours names are nobody's business here; where there is no list, or none of ours, there are none.
 *
 * @throws {@link OutputFailedError} if the list is there and cannot be read.
 */
export async function staleFiles(
  root: string,
  current: readonly string[],
): Promise<readonly string[]> {
  const path = join(root, MANIFEST);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) return [];
    throw new OutputFailedError(path, error);
  }
  const manifest = Manifest.safeParse(parsed(text));
  if (!manifest.success) return [];
  const listed = manifest.data.emails.flatMap(({ files }) => [files.eml, files.html, files.txt]);
  return [...new Set(listed)]
    .filter((name) => !current.includes(name))
    .map((name) => join(root, name));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No list of ours: nothing is removed on its word.
    return undefined;
  }
}
