import { z } from 'zod';

import {
  Amount,
  ChangeRecord,
  Digest,
  type DeepReadonly,
  Endpoint,
  Found,
  Identity,
  Instant,
  Name,
  Names,
  Override,
  Probe,
  Risk,
  Running,
  TransitionTag,
} from './vocabulary.ts';
import { PersonalDataSections } from './personal-data.ts';
import { RecordSections } from './recorded.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(10_000);
const Count = z.int().min(0);
const Spent = z.strictObject({ used: z.number().min(0), limit: z.number().min(0) });

/** The parts that compliance facts may have; a workflow supplies what it knows. */
const Sections = z.strictObject({
  /** The move that is asked for. `subject` is the digest of exactly what is approved or handed on. */
  transition: z.strictObject({
    workflow: Name,
    from: Name,
    to: Name,
    tags: z.array(TransitionTag),
    subject: Digest.optional(),
    amount: Amount.optional(),
    risk: Risk.optional(),
  }),
  /** Ids of who asked, who wrote, and what carried it out. `author` is null where nobody but the requester and agents wrote. */
  actors: z.strictObject({ requester: Name, author: Name.nullable(), executors: Names }),
  identities: list(Identity),
  approvals: list(
    z.strictObject({
      by: Name,
      kind: z.enum(['human', 'agent', 'service', 'unknown']),
      roles: Names,
      /** Digest of exactly what was approved. */
      subject: Digest,
      givenAt: Instant,
      expiresAt: Instant,
    }),
  ),
  /** What was carried out in this run, and under which decision; `policy` is the digest of what is in force. */
  access: z.strictObject({
    policy: Digest,
    byDefault: z.enum(['deny', 'allow']),
    actions: list(
      z.strictObject({
        id: Name,
        decision: z.enum(['allow', 'deny', 'none']),
        policy: Digest.nullable(),
        decidedAt: Instant.nullable(),
        executedAt: Instant,
      }),
    ),
  }),
  probes: list(Probe),
  /** Approvals, sessions and elevated grants in use. */
  sessions: list(
    z.strictObject({
      id: Name,
      kind: z.enum(['approval', 'session', 'grant']),
      startedAt: Instant,
      lastUsedAt: Instant,
      expiresAt: Instant,
    }),
  ),
  overrides: list(Override),
  endpoints: list(Endpoint),
  /** Where data may go. */
  destinations: z.strictObject({ regions: Names, providers: Names }),
  /** Agreements with providers, such as `DPA` or `BAA`. */
  agreements: list(
    z.strictObject({ provider: Name, kind: Name, reference: Name, expiresAt: Instant }),
  ),
  /** What a scan found in state and in what goes out. `detectors` names what scanned. */
  content: z.strictObject({
    detectors: Name,
    state: list(Found),
    output: list(Found),
    /** Paths of what could not be looked through. */
    unscannable: z.array(z.string().max(1_000)).max(10_000),
  }),
  /** Card numbers as they are shown: how many digits in front and at the end are legible, and to which roles. */
  cardsShown: list(
    z.strictObject({
      path: z.string().max(1_000),
      first: Count,
      last: Count,
      digits: Count,
      roles: Names,
    }),
  ),
  /** Labels of artefacts; `order` goes from the lowest to the highest. */
  classification: z.strictObject({
    order: z.array(Name).min(1),
    artefacts: list(
      z.strictObject({
        id: Name,
        label: Name.nullable(),
        /** The label before this phase; null for a new artefact. */
        before: Name.nullable(),
        loweringApprovedBy: Name.nullable().default(null),
      }),
    ),
  }),
  running: Running,
  changes: list(ChangeRecord),
  /** Environment labels, such as `production`, of the run, its credentials and its data. */
  environment: z.strictObject({
    run: Name,
    production: Name,
    credentials: list(z.strictObject({ id: Name, label: Name })),
    data: list(z.strictObject({ id: Name, label: Name })),
  }),
  /** What was held against its schema before the transition. */
  validated: list(
    z.strictObject({ what: Name, kind: z.enum(['state', 'tool-result']), valid: z.boolean() }),
  ),
  /** Counts of records and control totals of the phase; `explained` is the difference that is accounted for. */
  totals: list(
    z.strictObject({
      name: Name,
      in: z.number(),
      out: z.number(),
      explained: z.number(),
      /** Reference to the explanation; null where there is nothing to explain. */
      reference: Name.nullable(),
    }),
  ),
  /** Calls of tools that are asked for or were made in this phase. */
  toolCalls: list(
    z.strictObject({
      id: Name,
      tool: Name,
      agent: Name,
      phase: Name,
      effect: z.enum(['none', 'read', 'write', 'external']),
      argumentsSchema: Digest,
      /** Paths of arguments with values that came from tool output or retrieved text that is not trusted. */
      untrusted: z.array(z.string().max(1_000)),
      /** The rule that allows just this, or the human who approved it. */
      allowedBy: z.strictObject({ kind: z.enum(['rule', 'human']), reference: Name }).nullable(),
    }),
  ),
  /** What each agent may call, and in which phases. */
  toolManifest: list(
    z.strictObject({
      tool: Name,
      agent: Name,
      phases: Names,
      effect: z.enum(['none', 'read', 'write', 'external']),
      argumentsSchema: Digest,
    }),
  ),
  budget: z.strictObject({ steps: Spent, tokens: Spent, costUsd: Spent, wallClockMs: Spent }),
  ...PersonalDataSections.shape,
  ...RecordSections.shape,
});

/** The name of a part of the facts. */
export type FactName = keyof z.output<typeof Sections>;

/** What checks of standards read at a gate. Only `now` is always there; what is missing denies where a check reads it. */
export const ComplianceFacts = z.strictObject({ now: Instant, ...Sections.partial().shape });
export type ComplianceFacts = DeepReadonly<z.output<typeof ComplianceFacts>>;

/** The facts, with the parts named for certain. */
export type FactsWith<Part extends FactName> = { readonly now: string } & {
  readonly [Name in Part]-?: NonNullable<ComplianceFacts[Name]>;
};

/** Parts that somebody supplies, with members of `transition` and `actors` left out where others tell them. */
export const SuppliedSections = Sections.extend({
  transition: Sections.shape.transition.partial(),
  actors: Sections.shape.actors.partial(),
}).partial();

const readers = new Map<string, z.ZodType>();

/** Gives the schema of the parts named, the same one each time, so that checks that share it share its parse. */
export function factsReader<Part extends FactName>(
  parts: readonly Part[],
): z.ZodType<{ readonly compliance: FactsWith<Part> }> {
  const names = [...new Set(parts)].toSorted();
  const key = names.join(' ');
  const known = readers.get(key);
  // The map's key is made of the parts, so the type of what it holds follows from them.
  if (known !== undefined) return known as z.ZodType<{ readonly compliance: FactsWith<Part> }>;
  const shape = Object.fromEntries(names.map((name) => [name, Sections.shape[name]]));
  const reader = z.object({ compliance: z.object({ now: Instant, ...shape }) });
  readers.set(key, reader);
  return reader as unknown as z.ZodType<{ readonly compliance: FactsWith<Part> }>;
}
