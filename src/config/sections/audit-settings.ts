import { resolve } from 'node:path';

import { z } from 'zod';

import { RecordsSection, recordsSettingsOf, type RecordsSettings } from './records-settings.ts';

/** The section `audit`: where the audit trail is kept. */
export const AuditSection = z.strictObject({
  url: RecordsSection.shape.url,
  checkpoints: z.string().max(4096),
});
export type AuditSection = z.infer<typeof AuditSection>;

/** Where the audit trail is kept. Its signing key is always in the data folder. */
export interface AuditSettings {
  /** A file of the data folder, or PostgreSQL. */
  readonly database: RecordsSettings;
  /** Absolute path of the file that keeps the signed checkpoints outside the database; in the data folder unless told. */
  readonly checkpoints: string | undefined;
}

/** Gives the settings of the section; relative paths begin at `directory`. */
export function auditSettingsOf(
  { url, checkpoints }: AuditSection,
  directory: string,
): AuditSettings {
  return Object.freeze({
    database: recordsSettingsOf({ url }),
    checkpoints: checkpoints === '' ? undefined : resolve(directory, checkpoints),
  });
}
