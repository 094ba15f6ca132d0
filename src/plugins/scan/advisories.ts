import { z } from 'zod';

import type { Clock } from '../../kernel/index.ts';
import { InvalidAdvisoriesError } from '../errors/index.ts';

/** A known weakness of versions of a package. */
export interface Advisory {
  readonly id: string;
  /** Semantic version ranges that have it. */
  readonly ranges: readonly string[];
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
}

/** What was known of weaknesses at one time. */
export interface Advisories {
  /** When the file was fetched, ISO-8601 UTC. */
  readonly fetchedAt: string;
  readonly byPackage: ReadonlyMap<string, readonly Advisory[]>;
}

const Event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
});
const Affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }),
  ranges: z.array(z.object({ type: z.string(), events: z.array(Event) })).default([]),
  versions: z.array(z.string()).default([]),
});
const Vulnerability = z.object({
  id: z.string().max(100),
  withdrawn: z.string().optional(),
  affected: z.array(Affected).default([]),
  database_specific: z.object({ severity: z.string().optional() }).loose().optional(),
});
const OsvFile = z.object({
  fetchedAt: z.iso.datetime(),
  vulnerabilities: z.array(Vulnerability).max(500_000),
});

/**
 * Reads advisories that were fetched before: `{ "fetchedAt": "...Z", "vulnerabilities": [...] }`, each entry in the OSV format.
 * Those of other ecosystems than npm and withdrawn ones are left out.
 *
 * @throws {@link InvalidAdvisoriesError} for a text that is not that.
 * @see OSV schema 1.6 (https://ossf.github.io/osv-schema/)
 */
export function readAdvisories(text: string): Advisories {
  const parsed = OsvFile.safeParse(jsonOf(text));
  if (!parsed.success) throw new InvalidAdvisoriesError();
  const byPackage = new Map<string, Advisory[]>();
  for (const { id, withdrawn, affected, database_specific } of parsed.data.vulnerabilities) {
    if (withdrawn !== undefined) continue;
    const severity = severityOf(database_specific?.severity);
    for (const entry of affected) {
      if (entry.package.ecosystem !== 'npm') continue;
      const { name } = entry.package;
      const list = byPackage.get(name) ?? [];
      list.push({ id, severity, ranges: [...entry.versions, ...entry.ranges.flatMap(rangesOf)] });
      byPackage.set(name, list);
    }
  }
  return Object.freeze({ fetchedAt: parsed.data.fetchedAt, byPackage });
}

/** Tells whether advisories are young enough to say that nothing is known. */
export function areFresh(advisories: Advisories, clock: Clock, maxAgeDays: number): boolean {
  const ageMs = Date.parse(clock.now()) - Date.parse(advisories.fetchedAt);
  return ageMs >= 0 && ageMs <= maxAgeDays * 86_400_000;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidAdvisoriesError(error);
  }
}

function severityOf(given = ''): Advisory['severity'] {
  const name = given.toLowerCase();
  if (name === 'critical' || name === 'high' || name === 'low') return name;
  // One without a severity that we know is not taken for a small one.
  return name === 'moderate' || name === 'medium' ? 'medium' : 'high';
}

/** OSV's events, in order: introduced, then fixed or last affected. */
function rangesOf({ type, events }: z.infer<typeof Affected>['ranges'][number]): readonly string[] {
  if (type !== 'SEMVER' && type !== 'ECOSYSTEM') return [];
  const ranges: string[] = [];
  let from: string | undefined;
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined) from = introduced === '0' ? '0.0.0-0' : introduced;
    if (from === undefined || (fixed === undefined && last === undefined)) continue;
    ranges.push(fixed === undefined ? `>=${from} <=${last ?? from}` : `>=${from} <${fixed}`);
    from = undefined;
  }
  return from === undefined ? ranges : [...ranges, `>=${from}`];
}
