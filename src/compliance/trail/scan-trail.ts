import { isPhasegateError } from '../../kernel/index.ts';
import { scanText, type ScanOptions } from '../../privacy/index.ts';
import { cardDataDetector } from '../facts/card-data.ts';
import type { TrailEntry, TrailEvidence } from './trail-evidence.ts';

/** Digests and UUIDs hold nothing of anybody. */
const OF_A_MACHINE =
  /^(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[-\d.TZ:]{0,30})$/;
const MOST = 10_000;

/**
 * Looks through what entries say for data of persons and secrets, each text once.
 *
 * @param options - Besides those of `scanText`, whether the logs were scanned, and what was found there.
 * @returns The part `recordScan` of the evidence, with the numbers of entries in its paths.
 */
export function scanTrail(
  entries: readonly TrailEntry[],
  options: ScanOptions & {
    readonly logs?: readonly { readonly path: string; readonly type: string }[];
  } = {},
): NonNullable<TrailEvidence['recordScan']> {
  const { logs, detectors = [], ...rest } = options;
  const used = { ...rest, detectors: [...detectors, cardDataDetector] };
  const kept = new Map<string, readonly string[] | undefined>();
  const found = [...(logs ?? [])];
  let unscannable = 0;
  for (const entry of entries) {
    for (const { label, text } of textsOf(entry)) {
      const key = `${label} ${text}`;
      if (!kept.has(key)) kept.set(key, typesIn(text, { ...used, label }));
      const types = kept.get(key);
      if (types === undefined) unscannable += 1;
      else found.push(...types.map((type) => ({ path: `entries.${entry.seq}.${label}`, type })));
    }
  }
  return {
    detectors: ['phasegate-privacy/1 card-data/1', ...detectors.map(({ name }) => name)].join(' '),
    entries: entries.length,
    logs: logs !== undefined,
    found: found.slice(0, MOST),
    unscannable,
  };
}

interface Said {
  readonly label: string;
  readonly text: string;
}

function* textsOf({ event }: TrailEntry): Iterable<Said> {
  const { actor, target, facts = {} } = event;
  const { id, onBehalfOf = '' } = actor;
  const said = [...Object.entries(facts), ...Object.entries({ target, actor: id, onBehalfOf })];
  for (const [label, value] of said) {
    const text = String(value);
    if (!OF_A_MACHINE.test(text)) yield { label, text };
  }
}

function typesIn(text: string, options: ScanOptions): readonly string[] | undefined {
  try {
    return [...new Set(scanText(text, options).map(({ type }) => type))];
  } catch (error) {
    // What cannot be looked through may hold anything.
    if (isPhasegateError(error)) return undefined;
    throw error;
  }
}
