import { existsSync } from 'node:fs';

import {
  checkpointFile,
  findChainState,
  type AuditActor,
  type AuditDatabase,
  type AuditPaths,
  type EmbeddedAudit,
} from '../../audit/index.ts';
import { loadConfig, type Config, type LoadOptions } from '../../config/index.ts';
import { NoAuditTrailError } from '../errors.ts';
import { auditPathsOf, openAudit, openAuditDatabase } from './open-audit.ts';

const MAIN = 'main';

/** The configured audit trail, opened to be read: also one that was tampered with. Dispose of it when done. */
export interface Trail extends AsyncDisposable {
  /** The chain that runs write. */
  readonly name: 'main';
  readonly database: AuditDatabase;
  readonly paths: AuditPaths;
  /** Lines of the checkpoint file, as they were when the trail was opened. */
  readonly checkpoints: readonly string[];
  readonly config: Config;
}

/**
 * Opens the configured audit trail without its signing key.
 *
 * @throws CONFIG_*; {@link NoAuditTrailError}; AUDIT_* for a database that cannot be opened.
 */
export async function openTrail(options: LoadOptions = {}): Promise<Trail> {
  const config = await loadConfig(options);
  return openTrailOf(config);
}

/** The same where the configuration was read already. @throws {@link NoAuditTrailError}; AUDIT_*. */
export async function openTrailOf(config: Config): Promise<Trail> {
  const paths = auditPathsOf(config);
  requireFile(config);
  // Before the database, so that they are no newer than what it holds.
  const checkpoints = checkpointFile(paths.checkpoints).lines();
  const database = await openAuditDatabase(config);
  try {
    await requireChain(config, database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return Object.freeze({
    name: MAIN,
    database,
    paths,
    checkpoints,
    config,
    [Symbol.asyncDispose]: async () => database.close(),
  });
}

/**
 * Opens the configured audit trail with its signing key, to archive, to hold, or to change the key.
 *
 * @throws CONFIG_*; {@link NoAuditTrailError}; AUDIT_* for a trail that cannot be used, or was tampered with.
 */
export async function openTrailToKeep(options: LoadOptions = {}): Promise<EmbeddedAudit> {
  const trail = await openTrail(options);
  await trail[Symbol.asyncDispose]();
  return openAudit(trail.config);
}

/**
 * Opens the configured audit trail, and begins another chain where the one that was begun here is gone; that chain says so.
 *
 * @throws CONFIG_*; AUDIT_* for a trail that cannot be used, or was tampered with.
 */
export async function openTrailAnew(options: LoadOptions, by: AuditActor): Promise<EmbeddedAudit> {
  return openAudit(await loadConfig(options), by);
}

function requireFile({ dataDir, audit }: Config): void {
  const isFile = audit.database.kind === 'sqlite';
  if (isFile && !existsSync(auditPathsOf({ dataDir, audit }).database))
    throw new NoAuditTrailError(dataDir);
}

/** A server has a trail once somebody wrote to it; a file without its chain was tampered with, and verifying says so. */
async function requireChain({ audit }: Config, database: AuditDatabase): Promise<void> {
  if (audit.database.kind === 'sqlite' || (await isBegun(database))) return;
  throw new NoAuditTrailError(audit.database.place);
}

async function isBegun(database: AuditDatabase): Promise<boolean> {
  return (await findChainState({ database, name: MAIN })) !== undefined;
}
