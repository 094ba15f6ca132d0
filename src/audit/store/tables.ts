/** A row of `audit_chains`: the registry of chains. */
export interface ChainRow {
  /** Its origin: name and random id. */
  readonly chain: string;
  readonly name: string;
  readonly created_at: string;
  /** The key that signs it now. */
  readonly key_id: string;
  /** The public key, base64 of SPKI DER. */
  readonly public_key: string;
  /** How many entries were archived and taken out. */
  readonly cut_size: number | string;
  /** The hash that the first entry left here continues. */
  readonly cut_head: string;
}

/** A row of `audit_entries`. */
export interface EntryRow {
  readonly chain: string;
  readonly seq: number | string;
  readonly previous: string;
  readonly hash: string;
  readonly event_key: string;
  /** Tells apart two events under one key. */
  readonly event_digest: string;
  readonly kind: string;
  readonly run: string | null;
  readonly thread: string | null;
  readonly at: string;
  /** The canonical text of the entry. */
  readonly body: string;
}

/** A row of `audit_checkpoints`. */
export interface CheckpointRow {
  readonly chain: string;
  readonly size: number | string;
  readonly key_id: string;
  readonly head: string;
  readonly signed_at: string;
  readonly line: string;
}

/** A row of `audit_subjects`: the key of a data subject. Deleting it erases what was concealed under it. */
export interface SubjectRow {
  readonly id: string;
  /** A MAC of the subject. */
  readonly name: string;
  readonly wrapped: string;
}

/** The tables of the audit trail, the same on SQLite and PostgreSQL. */
export interface AuditTables {
  readonly audit_format: { readonly version: number };
  readonly audit_chains: ChainRow;
  readonly audit_entries: EntryRow;
  readonly audit_checkpoints: CheckpointRow;
  readonly audit_subjects: SubjectRow;
}
