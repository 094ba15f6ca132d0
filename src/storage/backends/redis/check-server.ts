import type { Logger } from '../../../kernel/index.ts';
import { UnsuitableServerError } from '../../errors/index.ts';
import { bufferOf } from './answers.ts';
import type { Client } from './client.ts';

const OLDEST: readonly [number, number] = [6, 2];

/** What was found out about a server. */
export interface ServerFacts {
  readonly version: string;
  readonly policy: string;
  readonly isPersistent: boolean;
}

/**
 * Asks the server whether it can keep state. One that evicts keys under memory pressure, or is too old, is refused;
 * one that writes nothing to disk is warned of.
 *
 * @throws {@link UnsuitableServerError} with the remedy.
 */
export async function checkServer(
  client: Client,
  place: string,
  logger: Logger,
): Promise<ServerFacts> {
  const info = parseInfo(bufferOf(await client.command('INFO')).toString());
  const version = info.get('redis_version') ?? '';
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    const found = `its version is ${version}`;
    throw new UnsuitableServerError(place, found, 'use Redis 6.2 or newer, or Valkey.');
  }
  if (policy !== 'noeviction') {
    const found = `it may remove keys when memory is short (maxmemory-policy ${policy})`;
    const remedy =
      'CONFIG SET maxmemory-policy noeviction, and the same in its configuration file.';
    throw new UnsuitableServerError(place, found, remedy);
  }
  const isPersistent = info.get('aof_enabled') === '1';
  if (!isPersistent) {
    const remedy = 'CONFIG SET appendonly yes';
    logger.warn('storage-server-without-append-only-file', { place, remedy });
  }
  return { version, policy, isPersistent };
}

function parseInfo(text: string): ReadonlyMap<string, string> {
  const entries = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
  });
  return new Map(entries);
}
