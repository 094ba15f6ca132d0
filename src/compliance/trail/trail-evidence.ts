import { z } from 'zod';

import { InvalidEvidenceError } from '../errors.ts';
import { RecordSections } from '../facts/recorded.ts';
import {
  ChangeRecord,
  Digest,
  type DeepReadonly,
  Endpoint,
  Identity,
  Instant,
  Name,
  Names,
  Override,
  Probe,
  Running,
} from '../facts/vocabulary.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(1_000_000);
const Count = z.int().min(0);
const Digests = z.record(z.string(), Digest);

/**
 * An audit entry as checks read it. Whatever may be missing from a trail may be missing here: that it is missing is
 * for a check to say.
 */
export const TrailEntry = z.object({
  seq: Count,
  at: z.string(),
  where: z.string().default(''),
  event: z.object({
    key: z.string().default(''),
    kind: z.string(),
    actor: z
      .object({
        id: z.string().default(''),
        kind: z.string().default('unknown'),
        onBehalfOf: z.string().optional(),
        roles: z.array(z.string()).optional(),
        authenticated: z.boolean().default(false),
      })
      .default({ id: '', kind: 'unknown', authenticated: false }),
    outcome: z.string().default(''),
    target: z.string().default(''),
    run: z.string().optional(),
    thread: z.string().optional(),
    phase: z.string().optional(),
    policy: z.string().optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
});
export type TrailEntry = DeepReadonly<z.output<typeof TrailEntry>>;

/** The parts that evidence of a period may have. */
const Sections = z.strictObject({
  /** In the order of their numbers. */
  entries: list(TrailEntry),
  chain: RecordSections.shape.chain,
  recordScan: RecordSections.shape.recordScan,
  /** The gates that were in force in the period, by their digests, and the checks bound to each. */
  gates: list(
    z.strictObject({
      policy: Digest,
      checks: z.array(z.strictObject({ id: Name, mode: z.enum(['deny', 'warn', 'audit']) })),
    }),
  ),
  /** How many visits the store of states holds of each run, ends included. */
  stateChanges: list(z.strictObject({ run: Name, visits: Count })),
  identities: list(Identity),
  probes: list(Probe),
  grants: list(
    z.strictObject({
      id: Name,
      holder: Name,
      kind: z.enum(['human', 'agent', 'service']),
      permissions: Names,
      grantedAt: Instant,
      lastUsedAt: Instant.nullable(),
    }),
  ),
  /** What the workflow's manifest allows each agent. */
  manifest: list(z.strictObject({ agent: Name, permissions: Names })),
  accessReviews: list(
    z.strictObject({ id: Name, signedBy: Name, signedAt: Instant, roles: Names }),
  ),
  /** How long entries are kept, and what was purged: entries up to `upTo` at the instant `at`. */
  retention: z.strictObject({
    days: z.number().min(0),
    onlineDays: z.number().min(0).optional(),
    systemStartedAt: Instant,
    /** The time of the oldest entry that is still there, archives included; null where there is none. */
    oldestEntryAt: Instant.nullable(),
    purges: list(z.strictObject({ at: Instant, upTo: Instant })),
  }),
  /** Roles that can read the trail, those that are listed for it, and whether reading is recorded. */
  trailReaders: z.strictObject({ roles: Names, listed: Names, recordsReads: z.boolean() }),
  /** How far the clock was from one that is trusted, in milliseconds. */
  clock: z.strictObject({ skewMs: z.number(), source: Name, measuredAt: Instant }),
  endpoints: list(Endpoint),
  stores: list(
    z.strictObject({
      id: Name,
      kind: z.enum(['checkpoints', 'audit', 'vault', 'records']),
      /** Null where none is declared. */
      encryption: z.strictObject({ keyId: Name }).nullable(),
      /** Sensitive fields that are kept, and those of them whose seal was verified. */
      sensitiveFields: Names,
      sealedFields: Names,
    }),
  ),
  running: Running,
  changes: list(ChangeRecord),
  /** Digests of the configuration by its parts: as approved, and as it is in effect. */
  baseline: z.strictObject({ approvedBy: Name, approved: Digests, effective: Digests }),
  software: z.strictObject({
    lockfile: Digest.nullable(),
    /** Reference to the provenance of the packages. */
    provenance: Name.nullable(),
    runningBuild: Digest,
    approvedBuild: Digest.nullable(),
  }),
  overrides: list(Override),
  /** Alerts that were raised; `entry` is the number of the audit entry that each is about. */
  alerts: list(z.strictObject({ id: Name, entry: Count, at: Instant })),
  incidents: list(
    z.strictObject({
      id: Name,
      discoveredAt: Instant,
      decision: z.enum(['notify', 'no-notification']).nullable(),
      decidedAt: Instant.nullable(),
      notifiedAt: Instant.nullable(),
      alertOpen: z.boolean(),
    }),
  ),
  erasures: list(
    z.strictObject({
      id: Name,
      requestedAt: Instant,
      keyDestroyedAt: Instant.nullable(),
      tokensLeft: Count,
      receipt: Name.nullable(),
    }),
  ),
  disposals: list(
    z.strictObject({
      id: Name,
      dueAt: Instant,
      disposedAt: Instant.nullable(),
      how: z.enum(['purged', 'key-destroyed']).nullable(),
      receipt: Name.nullable(),
    }),
  ),
});

/** The name of a part of the evidence. */
export type EvidenceName = keyof z.output<typeof Sections>;

const TrailEvidenceSchema = z.strictObject({
  /** The period that is reported on: from this instant on (inclusive), up to that one (exclusive). */
  period: z.strictObject({ from: Instant, to: Instant }),
  /** When it is looked at; what has a limit of time is held against it. */
  assessedAt: Instant,
  ...Sections.partial().shape,
});

/** What standards are assessed by: the trail of a period, configuration, records and probes. */
export type TrailEvidence = DeepReadonly<z.output<typeof TrailEvidenceSchema>>;

/** Evidence as it may be written: what has a default may be left out. */
export type TrailEvidenceInput = DeepReadonly<z.input<typeof TrailEvidenceSchema>>;

/** The evidence, with the parts named for certain. */
export type EvidenceWith<Part extends EvidenceName> = Pick<
  TrailEvidence,
  'period' | 'assessedAt'
> & { readonly [Name in Part]-?: NonNullable<TrailEvidence[Name]> };

/**
 * Reads evidence, once, where it comes in.
 *
 * @throws {@link InvalidEvidenceError} naming the places that are not of their shape.
 */
export function readEvidence(value: unknown): TrailEvidence {
  const parsed = TrailEvidenceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the top'}: ${message}`,
  );
  throw new InvalidEvidenceError('evidence', problems);
}
