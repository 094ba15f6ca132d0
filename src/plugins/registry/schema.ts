import { sql, type Kysely } from 'kysely';

import type { RecordsSchema } from '../../storage/index.ts';

/** Columns of each table: `name type [null]`; the first ones make the key. */
const TABLES: readonly (readonly [name: string, key: string, columns: string])[] = [
  [
    'plugins_versions',
    'digest',
    'digest text, id text, version text, publisher text, kind text, state text, manifest text, source text, signed integer, tier text, added_at text, changed_at text',
  ],
  ['plugins_files', 'digest, path', 'digest text, path text, content text'],
  ['plugins_active', 'id', 'id text, digest text, previous text, config text, changed_at text'],
  ['plugins_scans', 'id', 'id text, digest text, rules text, scanned_at text, report text'],
  [
    'plugins_grants',
    'id',
    'id text, digest text, permissions text, granted_by text, granted_at text, revoked_at text null',
  ],
  [
    'plugins_roles',
    'role, plugin, operation',
    'role text, plugin text, operation text, permissions text, granted_by text, granted_at text',
  ],
  [
    'plugins_history',
    'id',
    'id text, plugin text, digest text, from_state text, to_state text, at text, actor text, reason text',
  ],
  [
    'plugins_executions',
    'id',
    'id text, plugin text, digest text, operation text, caller text, thread text null, run text null, phase text null, outcome text, error text null, started_at text, wall_ms double precision, cpu_ms double precision, memory_bytes bigint, input_digest text, output_digest text, effect_key text null, cost_usd double precision',
  ],
  ['plugins_effects', 'effect_key', 'effect_key text, claimed_at text, output text null'],
  [
    'plugins_approvals',
    'id',
    'id text, digest text, operation text, input_digest text, approved_by text, approved_at text, expires_at text, used_at text null',
  ],
  [
    'plugins_kills',
    'id',
    'id text, scope text, name text, by text, at text, reason text, lifted_at text null',
  ],
  ['plugins_state', 'plugin, key', 'plugin text, key text, value text'],
];

const INDEXES: readonly (readonly [name: string, table: string, columns: string])[] = [
  ['plugins_versions_by_id', 'plugins_versions', 'id, added_at'],
  ['plugins_scans_by_digest', 'plugins_scans', 'digest, scanned_at'],
  ['plugins_grants_by_digest', 'plugins_grants', 'digest'],
  ['plugins_history_by_plugin', 'plugins_history', 'plugin, at'],
  ['plugins_executions_by_plugin', 'plugins_executions', 'plugin, started_at'],
  ['plugins_approvals_by_call', 'plugins_approvals', 'digest, operation, input_digest'],
];

/** How the registry's tables came about. */
export const PLUGIN_SCHEMA: RecordsSchema = {
  name: 'plugins',
  migrations: [createTables, createLeases, createClearEffects, keepWhoBegan, createWorkflows],
};

/** Steps get an owner: what a version was in the middle of before had none, and is led back as it was. */
async function createLeases(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      'create table plugins_leases (digest text not null, owner text not null, host text not null, pid integer not null, ' +
        '"until" text not null, primary key (digest))',
    )
    .execute(db);
}

/** What came of effects was kept in clear before: this finds such rows, which are sealed when the registry is opened with a key. */
async function createClearEffects(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      "create index plugins_effects_clear on plugins_effects (effect_key) where substr(output, 1, 9) <> 'sealed/1:'",
    )
    .execute(db);
}

/** An effect says who began it, so that one whose process died is told. */
async function keepWhoBegan(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table plugins_effects add column begun text').execute(db);
}

/** Threads run workflows that templates have made. */
async function createWorkflows(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      'create table plugins_workflows (thread text not null, workflow text not null, plugin text not null, body text not null, ' +
        'seal text not null, primary key (thread))',
    )
    .execute(db);
}

async function createTables(db: Kysely<unknown>): Promise<void> {
  for (const [name, key, columns] of TABLES) {
    const definitions = columns
      .split(', ')
      .map((column) => (column.endsWith(' null') ? column.slice(0, -5) : `${column} not null`))
      .map((column) => column.replace(/^(\S+)/, '"$1"'));
    const keys = key.split(', ').map((column) => `"${column}"`);
    const text = `create table ${name} (${definitions.join(', ')}, primary key (${keys.join(', ')}))`;
    // One statement after the other, in one transaction.
    // oxlint-disable-next-line no-await-in-loop
    await sql.raw(text).execute(db);
  }
  for (const [name, table, columns] of INDEXES) {
    // oxlint-disable-next-line no-await-in-loop
    await sql.raw(`create index ${name} on ${table} (${columns})`).execute(db);
  }
}
