import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { canonicalJson, digestOf, randomIds } from '../../kernel/index.ts';
import type { Principal } from '../../state/index.ts';
import { UnreadableFileError } from '../errors.ts';
import type { AppAudit } from '../evidence/index.ts';
import { ForgedFloorError, MissingPolicyError, OlderPolicyError } from './errors.ts';
import type { LoadedPolicy } from './load-policies.ts';

const Version = z.string().regex(/^\d+\.\d+\.\d+$/);
const Floor = z.record(
  z.string(),
  z.strictObject({ version: Version, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
);
/** By a policy's id: the highest version that a run has gone on under in a data folder, and the digest of its rules. */
type Floor = z.infer<typeof Floor>;

/** What a data folder remembers of the policies of its runs. */
export interface FloorParts {
  readonly dataDir: string;
  readonly sealKey: Uint8Array;
  readonly audit: AppAudit;
  /** Those of the configuration. */
  readonly policies: readonly LoadedPolicy[];
  /** Whether only signed policies count; then one version stands for one content. */
  readonly isSigned: boolean;
}

/** The policies of this process, who have no name of their own. */
const ITSELF = { id: 'phasegate', kind: 'service', authenticated: true } as const;

/**
 * Holds the policies of the configuration against those under which runs of this data folder went on before, and remembers new ones
 * and newer versions. Before a run goes on.
 *
 * @throws {@link OlderPolicyError} for an older version; {@link MissingPolicyError} for a policy that is not named any more;
 * {@link ForgedFloorError} for what was not remembered here; AUDIT_* when a newer one cannot be recorded.
 */
export async function holdToFloor(parts: FloorParts): Promise<void> {
  const floor = await readFloor(parts);
  const now = floorOf(parts.policies);
  for (const [id, { version, digest }] of Object.entries(floor)) {
    const found = now[id];
    if (found === undefined) throw new MissingPolicyError(id, version);
    const difference = compareVersions(found.version, version);
    if (difference < 0) throw new OlderPolicyError(id, found.version, version);
    if (difference === 0 && found.digest !== digest && parts.isSigned)
      throw new OlderPolicyError(id, `${found.version} with other rules`, version);
  }
  if (digestOf(now) !== digestOf(floor)) await remember(parts, now, { by: ITSELF, facts: {} });
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
  const now = floorOf(parts.policies);
  const { id, kind, authenticated, source } = by;
  await remember(parts, now, {
    by: { id, kind, authenticated },
    facts: { source, accepted: true, reason: digestOf(reason) },
  });
  return now;
}

function floorOf(policies: readonly LoadedPolicy[]): Floor {
  return Object.fromEntries(
    policies.map(({ policy: { id, version, pack, bindings } }) => [
      id,
      { version, digest: digestOf({ pack, bindings }) },
    ]),
  );
}

interface Remembering {
  readonly by: Pick<Principal, 'id' | 'kind' | 'authenticated'>;
  readonly facts: Readonly<Record<string, string | boolean>>;
}

async function remember(
  { dataDir, sealKey, audit }: FloorParts,
  floor: Floor,
  { by, facts }: Remembering,
): Promise<void> {
  const versions = Object.entries(floor).map(([id, { version }]) => `${id}@${version}`);
  await audit.append({
    // Each time is an event of its own.
    key: ['policies', randomIds.next()].map(encodeURIComponent).join('/'),
    kind: 'effect',
    actor: by,
    outcome: 'pending',
    target: 'policies',
    policy: digestOf(floor),
    facts: { ...facts, policies: versions.join(' ') },
  });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = fileIn(dataDir);
  const text = JSON.stringify({ content: floor, seal: sealOf(floor, sealKey) }, null, 2);
  await writeFile(`${file}.part`, `${text}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.part`, file);
}

async function readFloor({ dataDir, sealKey }: FloorParts): Promise<Floor> {
  const file = fileIn(dataDir);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
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

function compareVersions(one: string, other: string): number {
  const [ours, theirs] = [one, other].map((version) => version.split('.').map(Number));
  const index = (ours ?? []).findIndex((part, at) => part !== theirs?.[at]);
  return index < 0 ? 0 : (ours?.[index] ?? 0) - (theirs?.[index] ?? 0);
}
