export { openPostgresRecords, type PostgresRecordsOptions } from './open-postgres-records.ts';
export { openSqliteRecords, type SqliteRecordsOptions } from './open-sqlite-records.ts';
export type {
  RecordsDatabase,
  RecordsDialect,
  RecordsErrors,
  RecordsSchema,
} from './records-database.ts';
export { createTextSeal, SEALED_MARK, type TextSeal } from './text-seal.ts';
