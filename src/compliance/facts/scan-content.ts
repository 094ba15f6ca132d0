import { isPhasegateError } from '../../kernel/index.ts';
import { scanValue, type ScanOptions, type ValueFinding } from '../../privacy/index.ts';
import { cardDataDetector } from './card-data.ts';
import type { ComplianceFacts } from './compliance-facts.ts';

/** What scans by default, and in which edition of its meaning. */
const DETECTORS = 'phasegate-privacy/1 card-data/1';
/** A card number that is shown in part: digits, then at least three signs that hide others, then digits. */
const SHOWN = /(?<![\d*xX•])(\d{0,12})([ -]?(?:[*xX•#]{2,12}[ -]?){1,4})(\d{0,12})(?![\d*xX•])/g;

/** What is looked through: by name, such as the artifacts of a run, and what is about to go out. */
export interface ContentToScan {
  readonly state?: unknown;
  readonly output?: unknown;
  /** Roles that the output is shown to. */
  readonly roles?: readonly string[];
}

/** The parts of compliance facts that a scan gives. */
export type ScannedFacts = {
  readonly [Part in 'content' | 'cardsShown']: NonNullable<ComplianceFacts[Part]>;
};

/**
 * Looks through state and output for data of persons, secrets and card data. What cannot be looked through, because it is
 * too large, not JSON, or a detector failed, is named as such: checks take it for holding anything.
 *
 * @param options - As `scanText` takes them; own detectors are named in the result.
 */
export function scanContent(
  { state = null, output = null, roles = [] }: ContentToScan,
  options: ScanOptions = {},
): ScannedFacts {
  const { detectors = [] } = options;
  const own = detectors.map(({ name }) => name);
  const used = { ...options, detectors: [...detectors, cardDataDetector] };
  const scanned = {
    state: scanPart('state', state, used),
    output: scanPart('output', output, used),
  };
  return {
    content: {
      detectors: [DETECTORS, ...own].join(' '),
      state: [...scanned.state.found],
      output: [...scanned.output.found],
      unscannable: [...scanned.state.unscannable, ...scanned.output.unscannable],
    },
    cardsShown: cardsIn(output, 'output', roles),
  };
}

/** What a run holds, by phase. */
export interface RunContent {
  readonly input: unknown;
  readonly artifacts: object;
}

/**
 * Looks through what a run holds at a move. State is the input and all artifacts; behind a phase that takes identifiers out
 * (`deidentified`) it is what that phase made, since nothing else is handed on. What goes out (`output`) is what the last phase made.
 */
export function scanRun(
  { input, artifacts }: RunContent,
  { from, tags }: Pick<NonNullable<ComplianceFacts['transition']>, 'from' | 'tags'>,
): ScannedFacts {
  const made: unknown = Reflect.get(artifacts, from) ?? null;
  return scanContent({
    state: tags.includes('deidentified') ? made : { input, artifacts },
    output: tags.includes('output') ? made : null,
  });
}

interface ScannedPart {
  readonly found: readonly { readonly path: string; readonly type: string }[];
  readonly unscannable: readonly string[];
}

function scanPart(name: string, value: unknown, options: ScanOptions): ScannedPart {
  try {
    const found = scanValue(value, options).map((finding) => ({
      path: pathOf(name, finding),
      type: finding.type,
    }));
    return { found, unscannable: [] };
  } catch (error) {
    // Whatever keeps a text from being looked through, it may hold anything.
    if (isPhasegateError(error)) return { found: [], unscannable: [name] };
    throw error;
  }
}

/** A key may hold what was found: then the path ends before it. */
function pathOf(name: string, { path, in: where }: ValueFinding): string {
  return [name, ...(where === 'key' ? path.slice(0, -1) : path)].join('.').slice(0, 1_000);
}

type CardsShown = ScannedFacts['cardsShown'];

function cardsIn(value: unknown, path: string, roles: readonly string[]): CardsShown {
  if (typeof value === 'string')
    return [...value.matchAll(SHOWN)].flatMap(
      ([, first = '', hidden = '', last = '']): CardsShown => {
        const digits = first.length + last.length + hidden.replaceAll(/[ -]/g, '').length;
        if (digits < 12 || digits > 19) return [];
        return [{ path, first: first.length, last: last.length, digits, roles }];
      },
    );
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => cardsIn(member, `${path}.${key}`, roles));
}
