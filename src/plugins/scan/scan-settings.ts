import { systemClock, type Clock } from '../../kernel/index.ts';
import type { Advisories } from './advisories.ts';
import type { ScanRule } from './scan-rule.ts';

/** Takes findings of a rule out of the score, for a reason and a time. They stay in the report. */
export interface Suppression {
  readonly rule: string;
  /**
   * The plugin's id; every plugin unless told. A finding that refuses a plugin whatever its score is only suppressed for a
   * plugin that is named here, and one about the plugin's identity never is.
   */
  readonly plugin?: string;
  readonly reason: string;
  /** ISO-8601 UTC; from then on it counts again. */
  readonly until: string;
}

/** What a scanner works by. */
export interface ScanSettings {
  /** Risk from which a person has to approve, and from which a plugin is rejected; 25 and 60 unless told. */
  readonly thresholds: { readonly approve: number; readonly reject: number };
  readonly suppressions: readonly Suppression[];
  /** Ids or digests of plugins, and publishers, that are refused whatever else is said of them. */
  readonly blocked: {
    readonly plugins: readonly string[];
    readonly publishers: readonly string[];
  };
  /** Rules besides our own. */
  readonly extraRules: readonly ScanRule[];
  /** Whose code is looked at a second time, more slowly: code without a trusted signature unless told. */
  readonly secondPass: 'untrusted' | 'always' | 'never';
  readonly advisories: Advisories | undefined;
  readonly advisoriesMaxAgeDays: number;
  readonly budget: {
    /** Bytes of one file of code, and of all of them; 1 MiB and 4 MiB unless told. */
    readonly maxFileBytes: number;
    readonly maxBytes: number;
    /** Milliseconds for each pass; 10,000 unless told. */
    readonly maxMs: number;
    /** The most findings that are kept; those that count most come first. 500 unless told. */
    readonly maxFindings: number;
  };
  /** The parser: native code where it has a binary for this machine, or JavaScript. */
  readonly parser: 'native' | 'acorn';
  readonly clock: Clock;
}

/** What holds where nothing else is said. */
export const DEFAULT_SCAN: ScanSettings = Object.freeze({
  thresholds: Object.freeze({ approve: 25, reject: 60 }),
  suppressions: Object.freeze([]),
  blocked: Object.freeze({ plugins: Object.freeze([]), publishers: Object.freeze([]) }),
  extraRules: Object.freeze([]),
  secondPass: 'untrusted',
  advisories: undefined,
  advisoriesMaxAgeDays: 7,
  budget: Object.freeze({
    maxFileBytes: 1_048_576,
    maxBytes: 4_194_304,
    maxMs: 10_000,
    maxFindings: 500,
  }),
  parser: 'native',
  clock: systemClock,
});
