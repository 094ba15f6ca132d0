import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { parseEntry, readEntries } from '../../audit/index.ts';
import { canonicalJson, digestOf, randomIds } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { UnreadableFileError } from '../errors.ts';
import type { AppAudit } from '../evidence/index.ts';
import { compareVersions } from './compare-versions.ts';
import { ForgedFloorError, MissingPolicyError, OlderPolicyError } from './errors.ts';
import type { LoadedPolicy } from './load-policies.ts';
import { changesIn, editionName, type LoadedStandard } from './standards/load-standards.ts';

const Version = z.string().regex(/^\d+\.\d+\.\d+$/);
const Floor = z.record(
  z.string(),
  z.strictObject({ version: Version, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
);
/** By the id of a policy, or the name of a standard's pack (`payment-approval/sox`): the highest version that a run has gone on under in a data folder, and the digest of its rules. */
type Floor = z.infer<typeof Floor>;

/** What a data folder remembers of the policies of its runs. */
export interface FloorParts {
  readonly dataDir: string;
  readonly sealKey: Uint8Array;
  readonly audit: AppAudit;
  /** Names the audit trail that was begun here; undefined before that. */
  readonly installation: () => string | undefined;
  /** Names this data folder in a trail that others write to as well; empty in one of its own. */
  readonly folder: string;
  /** Those of the configuration. */
  readonly policies: readonly LoadedPolicy[];
  /** Those of the configuration. */
  readonly standards: readonly LoadedStandard[];
  /** Whether only signed policies count; then one version stands for one content. */
  readonly isSigned: boolean;
}

/** What these entries of the trail are about, and what they are found by. */
const TARGET = 'policies';

/** The policies of this process, who have no name of their own. */
const ITSELF = { id: 'phasegate', kind: 'service', authenticated: true } as const;

/**
 * Holds the policies of the configuration against those under which runs of this data folder went on before, and those of others that
 * write to the same trail, and remembers new ones and newer versions. Before a run goes on. What the audit trail says was remembered
 * last is what counts, whatever became of the file beside it.
 *
 * @throws {@link OlderPolicyError} for an older version; {@link MissingPolicyError} for a policy that is not named any more, or
 * that another data folder goes on under and this one does not name;
 * {@link ForgedFloorError} for what was not remembered here; AUDIT_* when a newer one cannot be recorded.
 */
export async function holdToFloor(parts: FloorParts): Promise<void> {
  const { now, kept, recorded, floor } = await demandFloor(parts);
  const isFileGone = digestOf(kept ?? {}) !== digestOf(floor);
  // A file of before is told to the trail once, so that it is missed when it goes.
  const isUnrecorded = recorded === undefined && kept !== undefined;
  if (digestOf(now) !== digestOf(floor) || isFileGone || isUnrecorded)
    await remember(parts, now, { by: ITSELF, facts: isFileGone ? { restored: true } : {} });
}

/** Holds the policies of the configuration against those of before, as {@link holdToFloor}, and remembers nothing. */
export async function demandFloor(parts: FloorParts): Promise<{
  readonly now: Floor;
  readonly kept: Floor | undefined;
  readonly recorded: Floor | undefined;
  readonly floor: Floor;
}> {
  const kept = await readFloor(parts);
  const { own: recorded, others, spared } = await recordedFloors(parts, kept);
  const floor = recorded ?? kept ?? {};
  const now = floorOf(parts);
  refuseMissing(now, floor, 'here');
  for (const known of [floor, ...others]) refuseOlder(now, known, parts);
  for (const other of others) refuseMissing({ ...spared, ...now }, other, 'elsewhere');
  return { now, kept, recorded, floor };
}

function refuseMissing(now: Floor, floor: Floor, where: 'here' | 'elsewhere'): void {
  const missing = Object.entries(floor).find(([id]) => !Object.hasOwn(now, id));
  if (missing === undefined) return;
  const [policy, { version }] = missing;
  throw new MissingPolicyError(policy, version, where);
}

function refuseOlder(now: Floor, floor: Floor, { isSigned }: FloorParts): void {
  for (const [id, { version, digest }] of Object.entries(floor)) {
    const found = now[id];
    if (found === undefined) continue;
    const difference = compareVersions(found.version, version);
    if (difference < 0) throw new OlderPolicyError(id, found.version, version);
    if (difference === 0 && found.digest !== digest && isSigned)
      throw new OlderPolicyError(id, `${found.version} with other rules`, version);
  }
}

/** Whose word it is that policies other than before hold from now on, and why. */
export interface Acceptance {
  readonly by: Principal;
  readonly reason: string;
}

/**
 * Lets the policies of the configuration hold in this data folder, also where they are fewer or older. Recorded before it is done.
 *
 * @returns The policies, by id.
 * @throws AUDIT_* when it cannot be recorded.
 */
export async function acceptPolicies(
  parts: FloorParts,
  { by, reason }: Acceptance,
): Promise<Readonly<Record<string, { readonly version: string }>>> {
  const now = floorOf(parts);
  const { id, kind, authenticated, source } = by;
  await remember(parts, now, {
    by: { id, kind, authenticated },
    facts: { source, accepted: true, reason: digestOf(reason) },
  });
  return now;
}

function floorOf({ policies, standards }: Pick<FloorParts, 'policies' | 'standards'>): Floor {
  const packs = standards.map((loaded) => {
    const { version, digest } = loaded.standard;
    return [editionName(loaded), { version, digest }] as const;
  });
  const rules = policies.map(({ policy: { id, version, pack, bindings } }) => {
    return [id, { version, digest: digestOf({ pack, bindings }) }] as const;
  });
  return Object.fromEntries([...rules, ...packs]);
}

interface Remembering {
  readonly by: Pick<Principal, 'id' | 'kind' | 'authenticated'>;
  readonly facts: Readonly<Record<string, string | boolean>>;
}

async function remember(
  { dataDir, sealKey, audit, folder, standards }: FloorParts,
  floor: Floor,
  { by, facts }: Remembering,
): Promise<void> {
  const versions = Object.entries(floor).map(([id, { version }]) => `${id}@${version}`);
  const rules = Object.values(floor).map(({ digest }) => digest);
  const place = folder === '' ? {} : { folder };
  const lost = (['dropped', 'ungated'] as const).map((key) => {
    const checks = standards.flatMap((loaded) =>
      changesIn(loaded)[key].map((check) => `${editionName(loaded)}:${check}`),
    );
    return [key, checks.join(' ')] as const;
  });
  const left = Object.fromEntries(lost.filter(([, checks]) => checks !== ''));
  await audit.append({
    // Each time is an event of its own.
    key: ['policies', randomIds.next()].map(encodeURIComponent).join('/'),
    kind: 'effect',
    actor: by,
    outcome: 'pending',
    target: TARGET,
    run: TARGET,
    policy: digestOf(floor),
    facts: { ...facts, ...place, ...left, policies: versions.join(' '), rules: rules.join(' ') },
  });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = fileIn(dataDir);
  const text = JSON.stringify({ content: floor, seal: sealOf(floor, sealKey) }, null, 2);
  await writeFile(`${file}.part`, `${text}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.part`, file);
}

type Recorded = ReturnType<typeof parseEntry>['event'];

interface RecordedFloors {
  /** What was remembered here last; undefined where the trail says nothing of it. */
  readonly own: Floor | undefined;
  /** What each other data folder remembered last, since somebody let other policies hold here. */
  readonly others: readonly Floor[];
  /** Policies of others that a person has let this data folder go without. */
  readonly spared: Floor;
}

/** What the trail says that was remembered. */
async function recordedFloors(
  { audit, installation, folder }: FloorParts,
  kept: Floor | undefined,
): Promise<RecordedFloors> {
  // Where no trail was begun, none is begun for a look at it; one on a server is another's, too.
  if (folder === '' && installation() === undefined)
    return { own: undefined, others: [], spared: {} };
  const events = await remembered(audit);
  const folderOf = ({ facts }: Recorded): unknown => facts?.['folder'] ?? '';
  const isOurs = (event: Recorded): boolean => folderOf(event) === folder;
  const last = events.findLast(isOurs);
  const isAccepted = (event: Recorded): boolean =>
    isOurs(event) && event.facts?.['accepted'] === true;
  const accepted = events.findLastIndex(isAccepted) + 1;
  const floorsOfOthers = (told: readonly Recorded[]): readonly Floor[] => {
    const theirs = told.filter((event) => !isOurs(event));
    return [...new Map(theirs.map((event) => [folderOf(event), event])).values()].map(floorIn);
  };
  const others = floorsOfOthers(events.slice(accepted));
  const spared = Object.assign({}, ...floorsOfOthers(events.slice(0, accepted))) as Floor;
  const isKept = kept !== undefined && digestOf(kept) === last?.policy;
  const own = isKept ? kept : last && floorIn(last);
  return { own, others, spared };
}

async function remembered(audit: AppAudit): Promise<readonly Recorded[]> {
  const events: Recorded[] = [];
  for await (const { body } of readEntries((await audit.open()).log, { run: TARGET })) {
    const { event } = parseEntry(body);
    if (event.target === TARGET) events.push(event);
  }
  return events;
}

function floorIn({ facts }: Recorded): Floor {
  const listed = (name: string): readonly string[] => {
    const text = facts?.[name];
    return typeof text === 'string' && text !== '' ? text.split(' ') : [];
  };
  const rules = listed('rules');
  const entries = listed('policies').map((named, index) => {
    const [id, version] = named.split('@');
    return [id, { version, digest: rules[index] }] as const;
  });
  return Floor.parse(Object.fromEntries(entries));
}

async function readFloor({ dataDir, sealKey }: FloorParts): Promise<Floor | undefined> {
  const file = fileIn(dataDir);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UnreadableFileError(file, error);
  }
  try {
    const { content, seal } = z
      .strictObject({ content: Floor, seal: z.string() })
      .parse(JSON.parse(text));
    const [expected, found] = [Buffer.from(sealOf(content, sealKey)), Buffer.from(seal)];
    if (expected.length === found.length && timingSafeEqual(expected, found)) return content;
  } catch (error) {
    throw new ForgedFloorError(file, error);
  }
  throw new ForgedFloorError(file, undefined);
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'policies.json');
}

function sealOf(floor: Floor, sealKey: Uint8Array): string {
  const text = `phasegate policy floor\n${canonicalJson(floor)}`;
  return createHmac('sha256', sealKey).update(text).digest('hex');
}
