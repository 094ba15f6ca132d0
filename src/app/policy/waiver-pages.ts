import { createHmac, timingSafeEqual } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { canonicalJson, type Logger } from '../../kernel/index.ts';
import { makeDataFolder } from '../files/make-data-folder.ts';
import { WaiverRefusedError } from './errors.ts';

/** What pages are sealed and read with. */
export interface PageParts {
  readonly sealKey: Uint8Array;
  readonly logger: Logger;
}

/** What a page of the book tells of. */
export type PageKind = 'request' | 'approval' | 'revocation';

/** A page that is to be added. */
export interface Page {
  readonly id: string;
  readonly kind: PageKind;
  readonly content: object;
}

/** Adds a file that was not there: two at once cannot overwrite each other. @throws {@link WaiverRefusedError}. */
export function writePage(
  folder: string,
  { id, kind, content }: Page,
  { sealKey }: PageParts,
): void {
  makeDataFolder(folder);
  const text = JSON.stringify({ content, seal: sealOf(kind, content, sealKey) }, null, 2);
  try {
    writeFileSync(join(folder, `${id}.${kind}.json`), `${text}\n`, {
      flag: 'wx',
      mode: 0o600,
      flush: true,
    });
  } catch (error) {
    throw new WaiverRefusedError(
      id,
      `its ${kind} cannot be written (${error instanceof Error && 'code' in error ? String(error.code) : 'error'})`,
      'See whether somebody was quicker ("phasegate policy waivers"), and whether the data folder can be written.',
    );
  }
}

/** Reads the pages of one kind. What is not sealed here is left out and told to the log. */
export function readPages<Content extends { readonly id: string }>(
  [folder, kind]: readonly [string, PageKind],
  schema: z.ZodType<Content>,
  { sealKey, logger }: PageParts,
): readonly Content[] {
  return namesIn(folder).flatMap((name) => {
    if (!name.endsWith(`.${kind}.json`)) return [];
    const content = openPage(join(folder, name), kind, sealKey);
    const parsed = schema.safeParse(content);
    if (parsed.success && name === `${parsed.data.id}.${kind}.json`) return [parsed.data];
    // A waiver that was not given here lets nothing pass; that it lies there is worth knowing.
    logger.warn('waiver-unsealed', { file: name });
    return [];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

const Sealed = z.strictObject({ content: z.looseObject({}), seal: z.string() });

function openPage(path: string, kind: PageKind, sealKey: Uint8Array): unknown {
  const parsed = Sealed.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!parsed.success) return undefined;
  const { content, seal } = parsed.data;
  const [expected, found] = [Buffer.from(sealOf(kind, content, sealKey)), Buffer.from(seal)];
  return expected.length === found.length && timingSafeEqual(expected, found) ? content : undefined;
}

function sealOf(kind: PageKind, content: object, sealKey: Uint8Array): string {
  const text = `phasegate waiver ${kind}\n${canonicalJson(content)}`;
  return createHmac('sha256', sealKey).update(text).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is not JSON is no page of the book, and is told as such.
    return undefined;
  }
}

/** Changes whenever a file is added. */
export function stampOf(folder: string): string {
  try {
    return `${statSync(folder).mtimeMs} ${namesIn(folder).length}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
}
