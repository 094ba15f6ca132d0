import { existsSync } from 'node:fs';

import {
  auditPaths,
  openEmbeddedAudit,
  checkpointFile,
  openSqliteAudit,
  type AuditDatabase,
  type AuditPaths,
  type EmbeddedAudit,
} from '../../audit/index.ts';
import { loadConfig, type LoadOptions } from '../../config/index.ts';
import { NoAuditTrailError } from '../errors.ts';

/** The audit trail of a data folder, opened to be read: also one that was tampered with. Dispose of it when done. */
export interface Trail extends AsyncDisposable {
  /** The chain that runs write. */
  readonly name: 'main';
  readonly database: AuditDatabase;
  readonly paths: AuditPaths;
  /** Lines of the checkpoint file, as they were when the trail was opened. */
  readonly checkpoints: readonly string[];
}

/**
 * Opens the audit trail of the configured data folder without its signing key.
 *
 * @throws CONFIG_*; {@link NoAuditTrailError}; AUDIT_* for a database that cannot be opened.
 */
export async function openTrail(options: LoadOptions = {}): Promise<Trail> {
  const { dataDir } = await loadConfig(options);
  const paths = auditPaths(dataDir);
  if (!existsSync(paths.database)) throw new NoAuditTrailError(dataDir);
  // Before the database, so that they are no newer than what it holds.
  const checkpoints = checkpointFile(paths.checkpoints).lines();
  const database = await openSqliteAudit({ path: paths.database });
  return Object.freeze({
    name: 'main',
    database,
    paths,
    checkpoints,
    [Symbol.asyncDispose]: async () => database.close(),
  });
}

/**
 * Opens the audit trail of the configured data folder with its signing key, to archive, to hold, or to change the key.
 *
 * @throws CONFIG_*; {@link NoAuditTrailError}; AUDIT_* for a trail that cannot be used, or was tampered with.
 */
export async function openTrailToKeep(options: LoadOptions = {}): Promise<EmbeddedAudit> {
  const { dataDir } = await loadConfig(options);
  if (!existsSync(auditPaths(dataDir).database)) throw new NoAuditTrailError(dataDir);
  return openEmbeddedAudit({ directory: dataDir });
}
