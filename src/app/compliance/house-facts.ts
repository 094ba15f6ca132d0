import { inspectSuppliedFacts, type SuppliedFacts } from '../../compliance/index.ts';
import { expandFile, type Config } from '../../config/index.ts';
import { digestOf, systemClock, type Logger } from '../../kernel/index.ts';
import type { AppAudit } from '../evidence/index.ts';
import { readDataFile, type DataFile } from '../policy/read-policy-file.ts';
import type { WaiverBook } from '../policy/waiver-book.ts';
import { WORKFLOWS } from '../workflows/catalogue.ts';
import { InvalidHouseFactsError, ObservedFactsError } from './errors.ts';
import { observeTrail } from './observe-trail.ts';
import { overridesIn } from './overrides.ts';
import { probeGates } from './probe.ts';
import { trailSummaryFile } from './trail-summary.ts';

/** What is seen and never supplied: a file that tells of it is refused. */
const OBSERVED = ['chain', 'content', 'overrides', 'probes', 'recordScan', 'recorded'];
/** Processes that live long look again after so many milliseconds. */
const FRESH_MS = 600_000;

/** What the house knows that checks of standards read at gates. */
export interface HouseFacts {
  /** Verifies and scans the audit trail and makes probes, where standards are told of it. Before a run goes on. */
  readonly observe: () => Promise<void>;
  /** Facts for one workflow. */
  readonly of: (workflow: string) => SuppliedFacts;
  /** Where a fact that is missing would stand: `file:line:column`; undefined where no file is configured. */
  readonly placeFor: (workflow: string) => string | undefined;
}

/** What house facts are opened with. */
export interface HouseFactsParts {
  readonly config: Config;
  readonly audit: AppAudit;
  readonly waivers: WaiverBook;
  readonly sealKey: Uint8Array;
  readonly logger: Logger;
}

/**
 * Opens the configured file (endpoints, agreements, identities, purposes, changes; for single workflows below `workflows`). What
 * is seen instead, the state of the trail, probes and waivers, is gathered before a run goes on. What nobody tells cannot be decided.
 *
 * @throws APP_UNREADABLE_FILE; {@link InvalidHouseFactsError} with the place of what is not of its shape;
 * {@link ObservedFactsError} for what is never supplied.
 */
export async function openHouseFacts({
  config,
  audit,
  waivers,
  sealKey,
  logger,
}: HouseFactsParts): Promise<HouseFacts> {
  const { mode, factsFile } = config.compliance;
  const told = factsFile === undefined ? undefined : readFacts(await readDataFile(factsFile));
  const summaries = trailSummaryFile({ dataDir: config.dataDir, sealKey, logger });
  const isAsked = mode === 'deny' || mode === 'warn' || (mode === 'audit' && told !== undefined);
  let observed: SuppliedFacts = {};
  let observedMs = Number.NEGATIVE_INFINITY;
  const observe = async (): Promise<void> => {
    const now = systemClock.now();
    if (!isAsked || Date.parse(now) - observedMs < FRESH_MS) return;
    // A house that is new begins its trail here, so that the first gate has one to look at.
    await audit.open();
    const active = waivers.list(now).filter(({ status }) => status === 'active');
    const overrides = overridesIn(active);
    const trail = await observeTrail(config, summaries);
    observed = { ...trail, overrides, probes: [...(await probeGates())] };
    observedMs = Date.parse(now);
  };
  return Object.freeze({
    observe,
    of: (workflow: string) => {
      if (mode === 'off') return {};
      return { ...told?.shared, ...told?.workflows.get(workflow), ...observed };
    },
    placeFor: (workflow: string) => told?.placeFor(workflow),
  });
}

interface ToldFacts {
  readonly shared: SuppliedFacts;
  readonly workflows: ReadonlyMap<string, SuppliedFacts>;
  readonly placeFor: (workflow: string) => string;
}

function readFacts({ file, value, place }: DataFile): ToldFacts {
  const filled = expandFile(value);
  const { workflows = {}, ...shared } = Object(filled.value) as Record<string, unknown>;
  const at = (path: readonly (string | number)[], isKey = false): string => {
    const { line, column } = place(path, { key: isKey });
    return `${file}:${line}:${column}`;
  };
  if (filled.missing.length > 0)
    throw new InvalidHouseFactsError(
      filled.missing.map(
        ({ path, variable }) => `${at(path)}: the variable ${variable} is not set`,
      ),
    );
  const read = (facts: unknown, prefix: readonly string[]): SuppliedFacts => {
    for (const part of OBSERVED)
      if (Object.hasOwn(Object(facts) as object, part))
        throw new ObservedFactsError(at([...prefix, part], true), part);
    return parsed(facts, (path) => at([...prefix, ...path]));
  };
  const own = Object.entries(Object(workflows) as Record<string, unknown>).map(([id, facts]) => {
    if (!WORKFLOWS.some((workflow) => workflow.id === id))
      throw new InvalidHouseFactsError([
        `${at(['workflows', id], true)}: there is no such workflow`,
      ]);
    return [id, read(facts, ['workflows', id])] as const;
  });
  const ofWorkflow = new Map(own);
  return {
    shared: read(shared, []),
    workflows: ofWorkflow,
    placeFor: (id) => (ofWorkflow.has(id) ? at(['workflows', id], true) : `${file}:1:1`),
  };
}

function parsed(facts: unknown, at: (path: readonly (string | number)[]) => string): SuppliedFacts {
  const read = inspectSuppliedFacts(facts);
  if ('facts' in read) return read.facts;
  throw new InvalidHouseFactsError(
    read.problems.map(({ path, message }) => `${at(path)}: ${path.join('.')}: ${message}`),
  );
}

/** Parts that checks read of the house at gates and in reports alike. */
const LISTS = ['changes', 'endpoints', 'identities'] as const;

/** Gives of what the house tells, of all workflows, the parts that a report reads as well; what it tells twice over only once. */
export function toldEvidence({ of }: Pick<HouseFacts, 'of'>): Readonly<Record<string, unknown>> {
  const told = WORKFLOWS.map(({ id }) => of(id));
  const lists = LISTS.flatMap((part) => {
    const items = told.flatMap((facts): readonly object[] => facts[part] ?? []);
    return told.some((facts) => facts[part] !== undefined) ? [[part, unique(items)] as const] : [];
  });
  // What runs is one thing, or it cannot be told here.
  const running = unique(told.flatMap((facts) => facts.running ?? []));
  return { ...Object.fromEntries(lists), ...(running.length === 1 && { running: running[0] }) };
}

function unique(items: readonly object[]): readonly object[] {
  return [...new Map(items.map((item) => [digestOf(item), item])).values()];
}
