import { statfs } from 'node:fs/promises';

import type { Config } from '../../config/index.ts';
import { counted, silentLogger } from '../../kernel/index.ts';
import { openEmbeddedStorage, stateKeyId, type EmbeddedStorage } from '../../storage/index.ts';
import { listThreads, type ListedThread } from '../list-threads.ts';
import { keptAs } from '../store/kept-as.ts';
import { openStorage, type ServerReport } from '../store/open-storage.ts';
import { attempt, fine, type Finding } from './finding.ts';

const LEAST_FREE_BYTES = 100 * 1024 * 1024;

/** Examines the store that the configuration chooses, and the folder that files are written to. */
export async function storageFindings(config: Config): Promise<readonly Finding[]> {
  return config.storage.kind === 'redis' ? serverFindings(config) : folderFindings(config);
}

async function folderFindings(config: Config): Promise<readonly Finding[]> {
  const { dataDir } = config;
  const opened = await attempt('data', 'Data folder', () =>
    openEmbeddedStorage({
      ...keptAs(config.storage),
      directory: dataDir,
      leaseMs: config.thread.leaseMs,
    }),
  );
  if ('finding' in opened) return [opened.finding];
  await using storage = opened.value;
  const verified = await attempt('database', 'Database', () => storage.verify());
  return [
    fine('store', 'Store', 'SQLite in the data folder; REDIS_URL would choose Redis'),
    fine('data', 'Data folder', `${dataDir} can be written`),
    'finding' in verified ? verified.finding : await databaseFinding(storage),
    await keyFinding(config, storage),
    ...stateKeyFindings(config),
    await spaceFinding(dataDir),
  ];
}

async function serverFindings(config: Config): Promise<readonly Finding[]> {
  // What it warns of is found here and told with the remedy.
  const opened = await attempt('store', 'Store', () => openStorage(config, silentLogger));
  if ('finding' in opened) return [opened.finding];
  await using storage = opened.value;
  const threads = await attempt('store', 'Store', () => listThreads(storage, { limit: 1000 }));
  if ('finding' in threads) return [threads.finding];
  const { place, server } = storage;
  const version = server === undefined ? '' : ` ${server.version}`;
  return [
    fine(
      'store',
      'Store',
      `Redis${version} at ${place}, ${counted(threads.value.length, 'thread')}`,
    ),
    ...degradedFindings(threads.value),
    ...(server === undefined
      ? []
      : [persistenceFinding(server), evictionFinding(server), memoryFinding(server)]),
    fine('seal-key', 'Sealing key', 'from the configuration'),
    ...stateKeyFindings(config),
  ];
}

function degradedFindings(threads: readonly ListedThread[]): readonly Finding[] {
  const names = threads.filter(({ degraded }) => degraded === true).map(({ thread }) => thread);
  if (names.length === 0) return [];
  return [
    {
      id: 'degraded',
      title: 'Outages',
      status: 'note',
      message: `${counted(names.length, 'thread')} ran while the server was away: ${names.slice(0, 5).join(', ')}`,
      remedy:
        'Nothing, once a command has reached the server: it brings over what the journal of this machine holds (docs/outages.md).',
    },
  ];
}

function persistenceFinding({ isPersistent, isLogInMemory }: ServerReport): Finding {
  const [id, title] = ['persistence', 'Persistence'];
  if (isLogInMemory) {
    return {
      id,
      title,
      status: 'note',
      message: 'the server never brings its append-only file to the disk (appendfsync no)',
      remedy: 'CONFIG SET appendfsync everysec, and the same in its configuration file.',
    };
  }
  if (isPersistent) return fine(id, title, 'the server writes an append-only file');
  return {
    id,
    title,
    status: 'note',
    message: 'the server writes no append-only file: what it keeps goes with its process',
    remedy: 'CONFIG SET appendonly yes, and the same in its configuration file.',
  };
}

function evictionFinding({ policy }: ServerReport): Finding {
  return fine(
    'eviction',
    'Eviction',
    `maxmemory-policy ${policy}: it refuses writes, and removes nothing`,
  );
}

function memoryFinding({ memoryUsed }: ServerReport): Finding {
  const [id, title] = ['memory', 'Memory'];
  if (memoryUsed === 0) return fine(id, title, 'the server has no limit of its own (maxmemory 0)');
  const message = `${Math.floor(memoryUsed * 100)} % of maxmemory is used`;
  if (memoryUsed < 0.9) return fine(id, title, message);
  const remedy =
    'Raise maxmemory of the server, or remove what else it keeps: full, it takes no writes.';
  return { id, title, status: memoryUsed < 1 ? 'note' : 'problem', message, remedy };
}

async function databaseFinding(storage: EmbeddedStorage): Promise<Finding> {
  const threads = await storage.threads.list({ limit: 1000 });
  return fine('database', 'Database', `whole, ${counted(threads.length, 'thread')}`);
}

async function keyFinding(config: Config, storage: EmbeddedStorage): Promise<Finding> {
  if (config.sealKey !== undefined)
    return fine('seal-key', 'Sealing key', 'from the configuration');
  const key = await attempt('seal-key', 'Sealing key', () => storage.sealKey());
  if ('finding' in key) return key.finding;
  return fine(
    'seal-key',
    'Sealing key',
    "the data folder's own (seal.key, readable by its owner only)",
  );
}

/** Tells which of the configured keys seals the state, and which only read it. */
function stateKeyFindings({ storage }: Config): readonly Finding[] {
  const [active, ...others] = (storage.stateKeys ?? []).map(
    ({ name, key }) => `"${name}" (id ${stateKeyId(key.reveal())})`,
  );
  if (active === undefined) return [];
  const reading = others.length === 0 ? '' : `; ${others.join(', ')} for reading`;
  return [fine('state-keys', 'Keys of the state', `${active} is active${reading}`)];
}

async function spaceFinding(directory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const message = `${Math.floor(free / 1024 / 1024).toLocaleString('en')} MiB free`;
  if (free >= LEAST_FREE_BYTES) return fine('space', 'Disk space', message);
  const remedy = 'Free some space, or name another --data-dir.';
  return { id: 'space', title: 'Disk space', status: 'problem', message, remedy };
}
