import type { Queries } from './database.ts';

/** A subject's key as it is stored. */
export interface StoredSubject {
  readonly id: string;
  /** The key, encrypted under the master key. */
  readonly wrapped: string;
}

export async function findSubject(
  queries: Queries,
  name: string,
): Promise<StoredSubject | undefined> {
  return queries
    .selectFrom('audit_subjects')
    .select(['id', 'wrapped'])
    .where('name', '=', name)
    .executeTakeFirst();
}

export async function findWrappedKey(queries: Queries, id: string): Promise<string | undefined> {
  const row = await queries
    .selectFrom('audit_subjects')
    .select('wrapped')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.wrapped;
}

export async function addSubject(
  queries: Queries,
  subject: StoredSubject & { readonly name: string },
): Promise<void> {
  await queries.insertInto('audit_subjects').values(subject).execute();
}

export async function forgetSubject(queries: Queries, id: string): Promise<void> {
  await queries.deleteFrom('audit_subjects').where('id', '=', id).execute();
}
