import {
  auditPaths,
  begunChainOf,
  openEmbeddedAudit,
  openPostgresAudit,
  openSqliteAudit,
  type AuditActor,
  type AuditDatabase,
  type AuditPaths,
  type EmbeddedAudit,
} from '../../audit/index.ts';
import type { Config } from '../../config/index.ts';
import { makeDataFolder } from '../files/make-data-folder.ts';

/** What says where the audit trail is. */
export type AuditPlace = Pick<Config, 'dataDir' | 'audit'>;

/** Gives where the files of the configured audit trail are; the database is one of them unless it is on a server. */
export function auditPathsOf({ dataDir, audit }: AuditPlace): AuditPaths {
  return auditPaths(dataDir, audit.checkpoints);
}

/** Names this installation by the audit trail that was begun here: another data folder has another one. Undefined before that. */
export function installationOf({ dataDir, audit: { database } }: AuditPlace): string | undefined {
  return begunChainOf(dataDir, database.kind === 'postgres' ? database.place : 'file');
}

/** Opens the database of the configured audit trail. @throws AUDIT_* for one that cannot be opened. */
export async function openAuditDatabase(place: AuditPlace): Promise<AuditDatabase> {
  const { database } = place.audit;
  if (database.kind === 'postgres') return openPostgresAudit({ url: database.url.reveal() });
  makeDataFolder(place.dataDir);
  return openSqliteAudit({ path: auditPathsOf(place).database });
}

/**
 * Opens the configured audit trail to be written: in a file of the data folder or on PostgreSQL, signed with the data folder's
 * key.
 *
 * @param beginAnew - Who decides that another chain is begun where the one that was here is gone.
 * @throws AUDIT_TRAIL_GONE for one that is gone; AUDIT_* for what cannot be used.
 */
export async function openAudit(place: AuditPlace, beginAnew?: AuditActor): Promise<EmbeddedAudit> {
  const { dataDir, audit } = place;
  const { database } = audit;
  return openEmbeddedAudit({
    directory: dataDir,
    place: database.kind === 'postgres' ? database.place : 'file',
    ...(beginAnew === undefined ? {} : { beginAnew }),
    database: await openAuditDatabase(place),
    ...(audit.checkpoints === undefined ? {} : { checkpointPath: audit.checkpoints }),
  });
}
