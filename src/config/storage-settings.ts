import { z } from 'zod';

import { readSealKey, SEAL_KEY_FORM } from './seal-key.ts';
import { secretOf, type Secret } from './secret.ts';

const DAY_MS = 86_400_000;
const redisUrl = z.string().refine(isRedisUrl, {
  error:
    'a URL such as redis://user:password@host:6379/0, or rediss:// for TLS; the path is the number of a database',
});
const keyName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
  error: 'a name of at most 64 lower-case letters, digits, dots, hyphens and underscores',
});
const keyText = z
  .string()
  .refine((text) => readSealKey(text) !== undefined, { error: SEAL_KEY_FORM });

/** The section `storage`: where checkpoints, locks and the list of threads are kept. */
export const StorageSection = z
  .strictObject({
    url: z.union([z.literal(''), redisUrl], {
      error:
        'nothing, or a URL such as redis://user:password@host:6379/0, or rediss:// for TLS; the path is the number of a database',
    }),
    sentinels: z.array(redisUrl).max(64),
    cluster: z.array(redisUrl).max(64),
    key_prefix: z.string().regex(/^[\w:.-]{1,64}$/, {
      error: '1 to 64 letters, digits, and the characters _ : . -',
    }),
    command_timeout_ms: z.int().min(50).max(600_000),
    replicas: z.int().min(0).max(16),
    ttl_ms: z
      .int()
      .min(1000)
      .max(3650 * DAY_MS)
      .optional(),
    ttl_from: z.enum(['sliding', 'fixed']),
    compression: z.enum(['none', 'deflate', 'lz4']).optional(),
    compress_above_bytes: z.int().min(64).optional(),
    encrypt: z.boolean(),
    active_key: keyName.optional(),
    keys: z.record(keyName, keyText).optional(),
    journal: z.boolean(),
  })
  .superRefine((section, context) => {
    const demand = (key: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [key], message });
    };
    if (section.sentinels.length > 0 && section.url === '') {
      demand('url', 'redis://NAME with the name under which the sentinels know the master');
    }
    if (section.cluster.length > 0 && section.sentinels.length > 0) {
      demand('cluster', 'no nodes, because sentinels are given as well');
    }
    if (section.cluster.some((url) => /[^/]\/0*[1-9]\d*$/.test(url))) {
      demand('cluster', 'nodes without a database, because a Cluster has only database 0');
    }
    const { active_key: active, keys = {} } = section;
    if (active === undefined ? Object.keys(keys).length > 0 : !Object.hasOwn(keys, active)) {
      demand('active_key', 'the name of one of storage.keys, which seals what is written');
    }
    if (section.cluster.length > 0 && section.url !== '') {
      demand('cluster', 'no nodes, because url (REDIS_URL) names one server already');
    }
  });
export type StorageSection = z.infer<typeof StorageSection>;

/** Which servers keep the state. URLs may hold passwords. */
export type StorageServers =
  | { readonly mode: 'single'; readonly url: string }
  | { readonly mode: 'sentinel'; readonly url: string; readonly sentinels: readonly string[] }
  | { readonly mode: 'cluster'; readonly urls: readonly string[] };

/** A key of the state, by the name that the configuration gives it. */
export interface StateKey {
  readonly name: string;
  readonly key: Secret<Uint8Array>;
}

/** How state is kept, wherever that is. */
export interface KeptSettings {
  /** The active one first, which seals and encrypts what is written; the others read. Undefined for the sealing key alone. */
  readonly stateKeys: readonly StateKey[] | undefined;
  readonly lifetime: { readonly ms: number; readonly from: 'sliding' | 'fixed' } | undefined;
  readonly compression: 'none' | 'deflate' | 'lz4' | undefined;
  readonly compressAboveBytes: number | undefined;
  readonly encrypt: boolean;
}

/** State on Redis or Valkey, which many machines share. */
export interface RedisSettings extends KeptSettings {
  readonly kind: 'redis';
  readonly servers: Secret<StorageServers>;
  /** Hosts, without user and password. */
  readonly place: string;
  readonly keyPrefix: string;
  readonly commandTimeoutMs: number;
  /** By how many replicas a write is confirmed before it is answered. */
  readonly replicas: number;
  /** Whether runs go on from a journal in the data folder while the server is away. */
  readonly journal: boolean;
}

/** Where state is kept: in a file of the data folder, or on Redis. */
export type StorageSettings = ({ readonly kind: 'sqlite' } & KeptSettings) | RedisSettings;

/** Gives the store that the section chooses: Redis as soon as it names a server. */
export function storageSettingsOf(section: StorageSection): StorageSettings {
  const servers = serversOf(section);
  const kept = keptSettingsOf(section);
  if (servers === undefined) return Object.freeze({ kind: 'sqlite', ...kept });
  const urls = servers.mode === 'cluster' ? servers.urls : [servers.url];
  return Object.freeze({
    kind: 'redis',
    ...kept,
    servers: secretOf(() => servers),
    place: urls.map((url) => new URL(url).host).join(', '),
    keyPrefix: section.key_prefix,
    commandTimeoutMs: section.command_timeout_ms,
    replicas: section.replicas,
    journal: section.journal,
  });
}

function keptSettingsOf(section: StorageSection): KeptSettings {
  const { ttl_ms: ms, ttl_from: from } = section;
  return {
    stateKeys: stateKeysOf(section),
    lifetime: ms === undefined ? undefined : Object.freeze({ ms, from }),
    compression: section.compression,
    compressAboveBytes: section.compress_above_bytes,
    encrypt: section.encrypt,
  };
}

function stateKeysOf({ active_key: active, keys = {} }: StorageSection): KeptSettings['stateKeys'] {
  if (active === undefined) return undefined;
  const all = Object.entries(keys).flatMap(([name, text]) => {
    const key = readSealKey(text);
    return key === undefined ? [] : [Object.freeze({ name, key })];
  });
  const isActive = ({ name }: StateKey): boolean => name === active;
  return Object.freeze([...all.filter(isActive), ...all.filter((one) => !isActive(one))]);
}

function serversOf({ url, sentinels, cluster }: StorageSection): StorageServers | undefined {
  if (cluster.length > 0) return { mode: 'cluster', urls: cluster };
  if (url === '') return undefined;
  return sentinels.length > 0 ? { mode: 'sentinel', url, sentinels } : { mode: 'single', url };
}

function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  if ((protocol !== 'redis:' && protocol !== 'rediss:') || hostname === '') return false;
  // A path that is no number would be taken for database 0.
  return /^\/?$|^\/\d{1,6}$/.test(pathname) && search === '' && hash === '';
}
