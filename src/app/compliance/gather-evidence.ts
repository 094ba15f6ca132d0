import { relative } from 'node:path';

import { EntryBody, readEntries, type StoredEntry } from '../../audit/index.ts';
import {
  readEvidence,
  scanTrail,
  type TrailEntry,
  type TrailEvidence,
} from '../../compliance/index.ts';
import { counted, systemClock } from '../../kernel/index.ts';
import type { EvidenceEntry, TrailFinding } from '../../reports/index.ts';
import { openTrailOf, type Trail } from '../evidence/index.ts';
import type { App } from '../open-app.ts';
import { inHouse } from '../house.ts';
import { workflowOf } from '../policy/workflow-of.ts';
import { allKeptWorkflows, entryOfMade } from '../templates/index.ts';
import { viewThread } from '../thread-view.ts';
import { WORKFLOWS } from '../workflows/catalogue.ts';
import { toldEvidence } from './house-facts.ts';
import { verifiedTrail } from './observe-trail.ts';
import { overridesIn } from './overrides.ts';
import { probeGates } from './probe.ts';

/** The period of a report. */
export interface Period {
  /** ISO-8601 UTC: from this instant on, up to that one. */
  readonly from: string;
  readonly to: string;
}

/** What was gathered for one report. */
export interface Gathered {
  readonly evidence: TrailEvidence;
  readonly trail: TrailFinding;
  /** Where each part came from. */
  readonly sources: readonly { readonly part: string; readonly from: string }[];
  /** Gives what a report shows of entries, by their numbers. */
  readonly entriesOf: (numbers: ReadonlySet<number>) => readonly EvidenceEntry[];
}

/** Evidence that people keep outside of the trail, as a file says it: reviews, changes, incidents. */
export interface SuppliedEvidence {
  readonly file: string;
  readonly parts: Readonly<Record<string, unknown>>;
}

/**
 * Gathers the evidence of a period: the audit trail, verified and scanned, the gates of the workflows, the store of states, the
 * configuration, and probes made now; and over it what a file supplies.
 *
 * @throws APP_NO_AUDIT_TRAIL; AUDIT_*; COMPLIANCE_INVALID_EVIDENCE for supplied evidence of another shape.
 */
export async function gatherEvidence(
  app: App,
  period: Period,
  supplied?: SuppliedEvidence,
): Promise<Gathered> {
  // What this process has appended meanwhile is on the disk before it is read.
  const trail = await openTrailOf(app.config);
  try {
    return await gatherFrom(app, trail, { period, supplied });
  } finally {
    await trail[Symbol.asyncDispose]();
  }
}

const SCANNED =
  'a scan of those entries, just now; what this program logs was looked through as it was written, logs of others were not';

interface Wanted {
  readonly period: Period;
  readonly supplied: SuppliedEvidence | undefined;
}

async function gatherFrom(app: App, trail: Trail, { period, supplied }: Wanted): Promise<Gathered> {
  const { finding, chain } = await verifiedTrail(trail);
  const { entries, stored } = await entriesIn(trail, period);
  const derived: Readonly<Record<string, readonly [value: unknown, from: string]>> = {
    entries: [
      entries,
      `the audit trail, ${counted(entries.length, 'entry', 'entries')} of the period`,
    ],
    chain: [chain, 'a verification of the audit trail, just now'],
    // As at gates: what this program logs was looked through as it was written.
    recordScan: [scanTrail(entries, { logs: [] }), SCANNED],
    gates: [await gatesOf(app), 'the workflows as they are configured now'],
    stateChanges: [await stateChangesOf(app, entries), `the store of states, ${app.storage.place}`],
    identities: [
      identitiesIn(entries),
      'the trail: people as they were authenticated, agents under whom they acted for; that nobody shares an id is taken for granted',
    ],
    probes: [await probeGates(), 'probes of gates on workflows of their own, just now'],
    stores: [storesOf(app), 'the configuration'],
    overrides: [overridesIn(app.waivers.list(systemClock.now())), 'the waivers of the data folder'],
    erasures: [erasuresIn(entries), 'the audit trail'],
    ...toldBy(app),
  };
  const own = Object.fromEntries(Object.entries(derived).map(([part, [value]]) => [part, value]));
  const input = { period, assessedAt: systemClock.now(), ...own, ...supplied?.parts };
  const sources = Object.entries({ ...derived, ...supplied?.parts }).map(([part]) => {
    const isSupplied = supplied !== undefined && Object.hasOwn(supplied.parts, part);
    return {
      part,
      from: isSupplied ? `${supplied.file}, supplied by you` : (derived[part]?.[1] ?? ''),
    };
  });
  const shown = new Map(stored.map((entry) => [entry.seq, entry]));
  return {
    evidence: readEvidence(input),
    trail: finding,
    sources,
    entriesOf: (numbers) =>
      [...numbers]
        .toSorted((one, other) => one - other)
        .flatMap((seq) => shownEntry(shown.get(seq))),
  };
}

/** What the house tells gates takes the place of what the trail alone would say. */
function toldBy({ houseFacts, config }: App): Readonly<Record<string, readonly [unknown, string]>> {
  const { factsFile } = config.compliance;
  if (factsFile === undefined) return {};
  const from = `${relative('.', factsFile)}, the facts of the house, taken at their word`;
  const told = Object.entries(toldEvidence(houseFacts));
  return Object.fromEntries(told.map(([part, value]) => [part, [value, from] as const]));
}

async function entriesIn(
  trail: Trail,
  { from, to }: Period,
): Promise<{ readonly entries: readonly TrailEntry[]; readonly stored: readonly StoredEntry[] }> {
  const entries: TrailEntry[] = [];
  const stored: StoredEntry[] = [];
  const [start, end] = [Date.parse(from), Date.parse(to)];
  for await (const entry of readEntries(trail)) {
    const body = JSON.parse(entry.body) as TrailEntry;
    const at = Date.parse(body.at);
    if (at < start || at >= end) continue;
    entries.push({ seq: entry.seq, at: body.at, where: body.where, event: body.event });
    stored.push(entry);
  }
  return { entries, stored };
}

function shownEntry(entry: StoredEntry | undefined): readonly EvidenceEntry[] {
  if (entry === undefined) return [];
  const { seq, hash, body } = entry;
  const { at, event } = EntryBody.parse(JSON.parse(body));
  const { kind, outcome, target, actor, thread } = event;
  return [{ seq, at, kind, outcome, target, actor: actor.id, thread, hash }];
}

/** Of the workflows that come with Phasegate, and of those that templates have made. */
async function gatesOf(app: App): Promise<TrailEvidence['gates']> {
  const made = (await allKeptWorkflows(app)).map((workflow) =>
    inHouse(app, entryOfMade(workflow).describe(app.workflowSettings)),
  );
  const workflows = [...WORKFLOWS.map(({ id }) => workflowOf(app, id)), ...made];
  return workflows.flatMap(({ transitions }) =>
    transitions.map(({ gate }) => ({
      policy: gate.digest,
      checks: gate.bindings.map(({ check, mode }) => ({ id: check.id, mode })),
    })),
  );
}

/** How many visits the store holds of each run that the entries tell of; a thread that is gone holds none. */
async function stateChangesOf(
  app: App,
  entries: readonly TrailEntry[],
): Promise<TrailEvidence['stateChanges']> {
  const threads = new Set(entries.flatMap(({ event }) => event.thread ?? []));
  const found: { run: string; visits: number }[] = [];
  for (const thread of threads) {
    // oxlint-disable-next-line no-await-in-loop
    if ((await app.storage.threads.get(thread)) === undefined) continue;
    // oxlint-disable-next-line no-await-in-loop
    const { report, visits } = await viewThread(app, thread);
    if (report.run !== null) found.push({ run: report.run, visits: visits.length });
  }
  return found;
}

function identitiesIn(entries: readonly TrailEntry[]): TrailEvidence['identities'] {
  const kinds = { person: 'human', agent: 'agent' } as const;
  const known = new Map<string, NonNullable<TrailEvidence['identities']>[number]>();
  for (const { event } of entries) {
    const { id, kind, onBehalfOf } = event.actor;
    if (id === '' || known.has(id)) continue;
    const is = kind === 'person' || kind === 'agent' ? kinds[kind] : 'service';
    const owner = onBehalfOf === undefined || onBehalfOf === '' ? {} : { owner: onBehalfOf };
    known.set(id, { id, kind: is, ...owner, shared: false });
  }
  return [...known.values()];
}

function storesOf({ config }: App): TrailEvidence['stores'] {
  const { storage, records } = config;
  const isSealed = storage.kind === 'redis' && storage.encrypt;
  const plain = { sensitiveFields: [], sealedFields: [] };
  return [
    {
      id: 'checkpoints',
      kind: 'checkpoints',
      encryption: isSealed ? { keyId: 'seal-key' } : null,
      ...plain,
    },
    { id: 'audit', kind: 'audit', encryption: null, ...plain },
    { id: `records (${records.kind})`, kind: 'records', encryption: null, ...plain },
  ];
}

function erasuresIn(entries: readonly TrailEntry[]): TrailEvidence['erasures'] {
  return entries.flatMap(({ seq, at, event }) =>
    event.kind === 'subject-erased'
      ? [
          {
            id: `entry-${seq}`,
            requestedAt: at,
            keyDestroyedAt: at,
            tokensLeft: 0,
            receipt: `entry ${seq}`,
          },
        ]
      : [],
  );
}
