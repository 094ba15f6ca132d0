import type { Logger } from '../../../kernel/index.ts';
import { StorageUnavailableError, UnsuitableServerError } from '../../errors/index.ts';
import type { Client } from './client.ts';
import type { NodeReport } from './connection/index.ts';

const OLDEST: readonly [number, number] = [6, 2];

/** What was found out about the servers. */
export interface ServerFacts {
  /** The lowest version among them. */
  readonly version: string;
  /** What they remove when memory is short: `noeviction`. */
  readonly policy: string;
  /** Whether all of them write what they take to an append-only file. */
  readonly isPersistent: boolean;
  /** Whether one of them never brings its append-only file to the disk (appendfsync no). */
  readonly isLogInMemory: boolean;
  /** How much of the memory that it may use the fullest one uses, from 0 to 1; 0 where none has a limit. */
  readonly memoryUsed: number;
  /** How many answered: masters, and the replicas that may take their place. */
  readonly nodes: number;
}

/**
 * Asks each server whether it can keep state. One that evicts keys under memory pressure, is too old, or is not what
 * it was taken for, is refused; one that may lose what it confirmed is warned of, with the remedy.
 *
 * @throws {@link UnsuitableServerError} with the remedy; {@link StorageUnavailableError} if none answers.
 */
export async function checkServer(
  client: Client,
  place: string,
  logger: Logger,
): Promise<ServerFacts> {
  const reports = await client.inspect();
  const answered = reports.filter(({ info }) => info.size > 0);
  for (const report of answered) {
    refuse(report, client.mode);
    warn(report, logger);
  }
  for (const silent of reports.filter(({ info }) => info.size === 0)) {
    logger.warn('storage-server-not-checked', { place: silent.place });
  }
  if (answered.length === 0) throw new StorageUnavailableError(place, new Error('no answer'));
  if (client.mode !== 'single' && !answered.some(isGuarded)) {
    const remedy = 'CONFIG SET min-replicas-to-write 1, and the same in its configuration file';
    logger.warn('storage-master-confirms-alone', { place, remedy });
  }
  return Object.freeze({
    version: answered.map(versionOf).toSorted(compareVersions)[0] ?? '',
    policy: 'noeviction',
    isPersistent: answered.every(({ info }) => info.get('aof_enabled') === '1'),
    isLogInMemory: answered.some(({ appendfsync }) => appendfsync === 'no'),
    memoryUsed: Math.max(...answered.map(memoryUsedOf)),
    nodes: answered.length,
  });
}

function memoryUsedOf({ info }: NodeReport): number {
  const limit = Number(info.get('maxmemory') ?? 0);
  return limit === 0 ? 0 : Number(info.get('used_memory') ?? 0) / limit;
}

function refuse(report: NodeReport, mode: Client['mode']): void {
  const { place, info } = report;
  const version = versionOf(report);
  if (compareVersions(version, OLDEST.join('.')) < 0) {
    const found = `its version is ${version}`;
    throw new UnsuitableServerError(place, found, 'use Redis 6.2 or newer, or Valkey.');
  }
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction') {
    const found = `it may remove keys when memory is short (maxmemory-policy ${policy})`;
    const remedy =
      'CONFIG SET maxmemory-policy noeviction, and the same in its configuration file.';
    throw new UnsuitableServerError(place, found, remedy);
  }
  if (mode !== 'single') return;
  const kind = info.get('redis_mode') ?? info.get('server_mode') ?? 'standalone';
  if (kind !== 'standalone') {
    const remedy = `give the addresses under mode: '${kind}' instead of one URL.`;
    throw new UnsuitableServerError(place, `it is part of a ${kind}`, remedy);
  }
  if (info.get('role') === 'slave') {
    const remedy = "name its master, or the sentinels under mode: 'sentinel'.";
    throw new UnsuitableServerError(place, 'it is a replica and takes no writes', remedy);
  }
}

function warn({ place, info, appendfsync }: NodeReport, logger: Logger): void {
  if (info.get('aof_enabled') !== '1') {
    const remedy = 'CONFIG SET appendonly yes';
    logger.warn('storage-server-without-append-only-file', { place, remedy });
  } else if (appendfsync === 'no') {
    const remedy = 'CONFIG SET appendfsync everysec';
    logger.warn('storage-server-leaves-its-log-in-memory', { place, remedy });
  } else if (info.get('aof_last_write_status') === 'err') {
    const remedy = 'give its disk room, and read its log';
    logger.warn('storage-server-cannot-write-its-log', { place, remedy });
  }
}

/** Whether it takes no writes while no replica follows it; only then INFO counts the good ones. */
function isGuarded({ info }: NodeReport): boolean {
  return info.has('min_slaves_good_slaves');
}

function versionOf({ info }: NodeReport): string {
  // Valkey says with which Redis it is compatible.
  return info.get('redis_version') ?? '';
}

function compareVersions(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}
