import { z } from 'zod';

import { secretOf, type Secret } from '../secret.ts';

/** The section `records`: where plugins and their history are kept. */
export const RecordsSection = z.strictObject({
  url: z.string().refine((text) => text === '' || isPostgresUrl(text), {
    error: 'nothing, or a URL such as postgresql://user:password@host:5432/database',
  }),
});
export type RecordsSection = z.infer<typeof RecordsSection>;

/** Where records are kept: in files of the data folder, or on PostgreSQL. */
export type RecordsSettings =
  | { readonly kind: 'sqlite' }
  | {
      readonly kind: 'postgres';
      readonly url: Secret<string>;
      /** The host, without user and password. */
      readonly place: string;
    };

/** Gives the database that the section chooses: PostgreSQL as soon as it names a server. */
export function recordsSettingsOf({ url }: RecordsSection): RecordsSettings {
  if (url === '') return Object.freeze({ kind: 'sqlite' });
  return Object.freeze({
    kind: 'postgres',
    url: secretOf(() => url),
    place: new URL(url).host,
  });
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === 'postgres:' || protocol === 'postgresql:') && hostname !== '';
}
