import { existsSync } from 'node:fs';

import {
  findBegunAnew,
  findChainState,
  readSigningKey,
  type ChainState,
} from '../../audit/index.ts';
import type { Config } from '../../config/index.ts';
import { counted } from '../../kernel/index.ts';
import {
  auditPathsOf,
  compareWithStore,
  openAuditDatabase,
  openTrailOf,
  type Trail,
} from '../evidence/index.ts';
import { verifiedTrail } from '../compliance/index.ts';
import { attempt, fine, type Finding } from './finding.ts';

const [ID, TITLE] = ['audit', 'Audit trail'];

/** Examines where runs write what happened, the key that signs it, and whether it knows the threads that the store knows. */
export async function auditFindings(config: Config): Promise<readonly Finding[]> {
  const place = placeOf(config);
  if (isNotBegun(config) && isRemembered(config)) return [GONE];
  if (isNotBegun(config)) return [fine(ID, TITLE, `none yet; the first run begins it in ${place}`)];
  const asked = await attempt(ID, TITLE, () => stateOf(config));
  if ('finding' in asked) return [asked.finding];
  if (asked.value === undefined && isRemembered(config)) return [GONE];
  if (asked.value === undefined)
    return [fine(ID, TITLE, `none yet; the first run begins it on ${place}`)];
  const entries = `${place}, ${counted(asked.value.size, 'entry', 'entries')}`;
  const trail = await attempt(ID, TITLE, () => trailFinding(config, entries));
  const key = await attempt('audit-key', 'Audit key', () => keyFinding(config, asked.value));
  const threads = await attempt('audit-threads', 'Recorded threads', () => threadsFindings(config));
  return [
    'finding' in trail ? trail.finding : trail.value,
    'finding' in key ? key.finding : key.value,
    ...('finding' in threads ? [threads.finding] : threads.value),
  ];
}

/** The folder remembers a chain that it does not hold. */
const GONE: Finding = {
  id: ID,
  title: TITLE,
  status: 'problem',
  message: 'a trail was begun here and is gone; nothing runs without it',
  remedy:
    'Put audit.db back from a backup; if it is lost, "phasegate audit begin-anew" begins another chain, which says so.',
};

function isRemembered(config: Config): boolean {
  return existsSync(auditPathsOf(config).chains);
}

function placeOf({ audit, dataDir }: Config): string {
  const { database } = audit;
  return database.kind === 'postgres' ? `PostgreSQL at ${database.place}` : dataDir;
}

function isNotBegun(config: Config): boolean {
  return config.audit.database.kind === 'sqlite' && !existsSync(auditPathsOf(config).database);
}

async function stateOf(config: Config): Promise<ChainState | undefined> {
  const database = await openAuditDatabase(config);
  try {
    return await findChainState({ database, name: 'main' });
  } finally {
    await database.close();
  }
}

async function trailFinding(config: Config, entries: string): Promise<Finding> {
  await using trail = await openTrailOf(config);
  // Without its public half nothing can be verified; the finding on the key says what is missing.
  if (!existsSync(trail.paths.publicKey)) return fine(ID, TITLE, entries);
  const { ok, faults } = (await verifiedTrail(trail)).finding;
  if (ok) return fine(ID, TITLE, `${entries}, nothing was changed`);
  return {
    id: ID,
    title: TITLE,
    status: 'problem',
    message: `${entries}: something was changed (${faults[0] ?? 'a chain is missing'})`,
    remedy:
      'Keep the folder and the checkpoint file as they are. "phasegate audit verify" names every place.',
  };
}

function keyFinding(config: Config, state: ChainState | undefined): Finding {
  const [id, title] = ['audit-key', 'Audit key'];
  const { key } = auditPathsOf(config);
  const found = readSigningKey(key)?.keyId;
  if (found === state?.keyId)
    return fine(id, title, `${found ?? 'none'}, readable by its owner only`);
  return {
    id,
    title,
    status: 'problem',
    message: `the trail is signed with the key ${state?.keyId ?? ''}; here is ${found ?? 'none'}`,
    remedy: `Put the key that the trail was begun with at ${key}: from a backup, or from the machine that began it.`,
  };
}

async function threadsFindings(config: Config): Promise<readonly Finding[]> {
  const [id, title] = ['audit-threads', 'Recorded threads'];
  await using trail: Trail = await openTrailOf(config);
  const begunAnew = await begunAnewFindings(trail);
  const compared = await compareWithStore(trail);
  // Why the store cannot be asked is told where the store is examined.
  if (compared.kind === 'unknown') return begunAnew;
  const { threads, missing } = compared;
  const others = [...begunAnew, ...missingFindings(missing)];
  if (threads.length === 0)
    return [fine(id, title, 'every thread of the store is in the trail'), ...others];
  return [
    ...others,
    {
      id,
      title,
      status: 'note',
      message: `${counted(threads.length, 'thread')} of the store not in the trail: ${namesOf(threads)}`,
      remedy:
        'Another program wrote them without a trail, another machine keeps their trail, or the trail was replaced: compare with "phasegate audit verify" and the checkpoints that were kept elsewhere.',
    },
  ];
}

function missingFindings(missing: readonly string[]): readonly Finding[] {
  if (missing.length === 0) return [];
  return [
    {
      id: 'audit-missing',
      title: 'Missing threads',
      status: 'note',
      message: `${counted(missing.length, 'thread')} of the trail missing in the store: ${namesOf(missing)}`,
      remedy:
        'The store was emptied, or another one keeps them (REDIS_URL, --data-dir). "phasegate show THREAD" says how to go on.',
    },
  ];
}

/** The first few. */
function namesOf(threads: readonly string[]): string {
  return threads.slice(0, 5).join(', ');
}

async function begunAnewFindings(trail: Trail): Promise<readonly Finding[]> {
  const found = await findBegunAnew(trail);
  if (found.length === 0) return [];
  return [
    {
      id: 'audit-begun-anew',
      title: 'Threads begun anew',
      status: 'note',
      message: `${counted(found.length, 'thread')} that lost their state and were begun anew under their id: ${namesOf(found.map(({ thread }) => thread))}`,
      remedy:
        'Their state expired, was erased on purpose, or was taken away: find out which. "phasegate fork THREAD --from CHECKPOINT" says on record that one goes on as it is.',
    },
  ];
}
