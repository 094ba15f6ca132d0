import { hostname } from 'node:os';
import { join } from 'node:path';

import { makeFolder, type Clock, type Ids } from '../kernel/index.ts';
import {
  AuditStoreError,
  AuditTamperedError,
  SigningKeyMissingError,
  TrailGoneError,
} from './errors.ts';
import type { AuditActor, AuditEvent } from './event.ts';
import { begunChains } from './keys/begun-chains.ts';
import { checkpointFile } from './keys/checkpoint-file.ts';
import {
  adoptNextKey,
  openMasterKey,
  openSigningKey,
  prepareNextKey,
  readSigningKey,
  type NextKey,
} from './keys/signing-key-file.ts';
import type { Signer } from './keys/signer.ts';
import { openSubjectKeys, type SubjectKeys } from './keys/subject-keys.ts';
import { openAuditLog, type AuditLog } from './log/open-audit-log.ts';
import { findChain, listChains } from './store/chain-queries.ts';
import type { AuditDatabase } from './store/database.ts';
import { openSqliteAudit } from './store/open-sqlite.ts';

/** What {@link openEmbeddedAudit} takes. */
export interface EmbeddedAuditOptions {
  /** The data directory; created with mode 0700 where it is missing. */
  readonly directory: string;
  /** The chain's name; "main" unless told otherwise. */
  readonly chain?: string;
  /** Where the checkpoints are kept; in the directory unless told otherwise. Best where nobody else can write. */
  readonly checkpointPath?: string;
  /** Keeps the trail elsewhere than in the directory's own SQLite file. Closed together with the audit. */
  readonly database?: AuditDatabase;
  /** What the database is called where the directory remembers which chain is in it; `file` unless told. */
  readonly place?: string;
  /**
   * Begins a new chain where the one that was begun here is gone; the new one says so, and who decided it. Without it a trail
   * that is gone is not opened.
   */
  readonly beginAnew?: AuditActor;
  readonly clock?: Clock;
  readonly ids?: Ids;
}

/** The audit trail of a data directory. Dispose of it when done. */
export interface EmbeddedAudit extends AsyncDisposable {
  readonly log: AuditLog;
  readonly paths: AuditPaths;
  /** The keys of data subjects, whose master key is made the first time. */
  subjects(): SubjectKeys;
  /** Creates the key that {@link rotateKey} puts in the place of the present one. */
  nextKey(): NextKey;
}

/** Where the files of an audit trail are. */
export interface AuditPaths {
  readonly database: string;
  readonly key: string;
  readonly publicKey: string;
  readonly checkpoints: string;
  /** Which chains were begun here, so that one that is gone is missed. */
  readonly chains: string;
  /** The master key of data subjects; keep it apart from backups of the database. */
  readonly masterKey: string;
}

/** Gives the paths of the audit trail in a data directory. */
export function auditPaths(directory: string, checkpointPath?: string): AuditPaths {
  return Object.freeze({
    database: join(directory, 'audit.db'),
    key: join(directory, 'audit.key'),
    publicKey: join(directory, 'audit.key.pub'),
    checkpoints: checkpointPath ?? join(directory, 'audit.checkpoints.jsonl'),
    chains: join(directory, 'audit.chains.jsonl'),
    masterKey: join(directory, 'audit.subjects.key'),
  });
}

/**
 * Opens the audit trail of a data directory: an SQLite file, a signing key (created with mode 0600 the first time) and
 * the file of checkpoints. A rotation of keys that was cut short is finished.
 *
 * @throws {@link TrailGoneError} for one that was begun here and is gone; AUDIT_* for what cannot be used.
 */
export async function openEmbeddedAudit(options: EmbeddedAuditOptions): Promise<EmbeddedAudit> {
  const { directory, checkpointPath, clock, ids, chain = 'main' } = options;
  const paths = auditPaths(directory, checkpointPath);
  try {
    makeFolder(directory, 0o700);
  } catch (error) {
    throw new AuditStoreError('open', error);
  }
  const database = options.database ?? (await openSqliteAudit({ path: paths.database }));
  try {
    const begun = begunChains(paths.chains, options.place ?? 'file');
    const before = begun.origin(chain);
    await requireBegun(database, { chain, before, mayBegin: options.beginAnew !== undefined });
    const log = await openAuditLog({
      database,
      signer: await presentKey(database, chain, paths.key),
      checkpoints: checkpointFile(paths.checkpoints),
      chain,
      where: `${hostname()}/${process.pid}`,
      ...(clock === undefined ? {} : { clock }),
      ...(ids === undefined ? {} : { ids }),
    });
    if (before !== undefined && before !== log.origin && options.beginAnew !== undefined) {
      await log.append(replaced(before, log.origin, options.beginAnew));
    }
    if (before !== log.origin) begun.note(log.origin);
    return Object.freeze({
      log,
      paths,
      subjects: () => openSubjectKeys(log, openMasterKey(paths.masterKey)),
      nextKey: () => prepareNextKey(paths.key),
      [Symbol.asyncDispose]: async () => {
        try {
          await log[Symbol.asyncDispose]();
        } finally {
          await database.close();
        }
      },
    });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Tells which chain was begun last in a data directory, without opening it: a name that no other directory has.
 *
 * @param place - As {@link openEmbeddedAudit} takes it.
 * @returns Undefined where none was begun.
 */
export function begunChainOf(directory: string, place = 'file'): string | undefined {
  return begunChains(auditPaths(directory).chains, place).origin('main');
}

/** A process that ended between the chain's record of a new key and the file's renaming has left the rest to us. */
async function presentKey(database: AuditDatabase, name: string, path: string): Promise<Signer> {
  const present = readSigningKey(path);
  const chains = present === undefined ? await listChains(database.reader) : [];
  // Whoever began a chain made its key first: looked for again, as that may have been just now.
  if (chains.length > 0 && readSigningKey(path) === undefined)
    throw new SigningKeyMissingError(path);
  const signer = openSigningKey(path);
  const chain = await findChain(database.reader, name);
  if (chain === undefined || chain.keyId === signer.keyId) return signer;
  const next = readSigningKey(`${path}.next`);
  if (next?.keyId !== chain.keyId) return signer;
  adoptNextKey(path, next);
  return next;
}

/** @throws {@link TrailGoneError}, {@link AuditTamperedError} where the database does not hold the chain that was begun. */
async function requireBegun(
  database: AuditDatabase,
  at: { readonly chain: string; readonly before: string | undefined; readonly mayBegin: boolean },
): Promise<void> {
  const { chain, before, mayBegin } = at;
  if (before === undefined) return;
  const present = await findChain(database.reader, chain);
  if (present?.origin === before) return;
  if (present !== undefined)
    throw new AuditTamperedError(chain, 'it was replaced by another chain');
  if (!mayBegin) throw new TrailGoneError(chain);
}

function replaced(before: string, origin: string, actor: AuditActor): AuditEvent {
  const key = `chain-replaced/${origin}`;
  return { key, kind: 'chain-replaced', actor, outcome: 'success', target: before };
}
