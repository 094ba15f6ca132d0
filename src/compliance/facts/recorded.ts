import { z } from 'zod';

import { Found, Name, Names } from './vocabulary.ts';

const Count = z.int().min(0);

/** Parts of the facts about the audit trail, as it stands when the gate is judged. */
export const RecordSections = z.strictObject({
  /** Who acts in this run, as the trail names them. */
  recordedActors: z
    .array(
      z.strictObject({
        id: z.string().max(300),
        kind: z.enum(['human', 'agent', 'service', 'unknown']),
        authenticated: z.boolean(),
        onBehalfOf: Name.nullable(),
      }),
    )
    .max(10_000),
  /** Changes of state of this run, and the entries that tell of them. */
  recorded: z.strictObject({
    stateChanges: Count,
    entries: Count,
    /** Numbers that are missing from the chain's sequence. */
    gaps: z.array(Count).max(10_000),
  }),
  /** Names of the fields that each entry of this run has. */
  recordFields: Names,
  /** What a verification of the chain found. `keptOutside` tells whether it was held against a checkpoint outside the store. */
  chain: z.strictObject({
    ok: z.boolean(),
    size: Count,
    covered: Count,
    keptOutside: z.boolean(),
    faults: z.array(z.strictObject({ kind: Name, seq: Count })).max(10_000),
  }),
  /** What a scan of the trail and the logs found. */
  recordScan: z.strictObject({
    detectors: Name,
    entries: Count,
    logs: z.boolean(),
    found: z.array(Found).max(10_000),
    unscannable: Count,
  }),
});
