import type { Manifest, RiskParts, ScanFinding, ScanReport } from '../contract/index.ts';
import type { SignatureCheck } from '../registry/registry-parts.ts';
import type { Advisory } from './advisories.ts';
import type { Fact, ParseFailure } from './source/index.ts';

/** The severities of a finding, the least first. */
export type Severity = ScanFinding['severity'];

/** The part of the risk score that a rule counts in. */
export type RiskPart = keyof RiskParts;

/** A file of code and what it does. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
  /** Every fact, in no order that counts. Empty when the file could not be read as code. */
  readonly facts: readonly Fact[];
  readonly failure?: ParseFailure | 'too-large' | 'too-slow' | 'not-text';
}

/** What rules look at. Nothing of it has been run. */
export interface ScanSubject {
  readonly manifest: Manifest;
  /** The digest that the plugin is to have, and the one that its files have; the latter undefined for a module in code. */
  readonly digest: { readonly expected: string; readonly found: string | undefined };
  readonly signature: SignatureCheck;
  /** Whether the host imports the plugin itself, so that there are no files to look at. */
  readonly isModule: boolean;
  readonly code: readonly CodeFile[];
  /** Every file that is text, code or not, by its path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** `package.json`, where there is one that can be read. */
  readonly packageJson: Readonly<Record<string, unknown>> | undefined;
  readonly blocked: {
    readonly plugins: readonly string[];
    readonly publishers: readonly string[];
  };
  /** Known weaknesses by package; undefined without a fresh file of them. */
  readonly advisories: ReadonlyMap<string, readonly Advisory[]> | undefined;
}

/** A place where a rule applies. Severity, confidence and message are the rule's own unless told. */
export interface RuleHit {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Of our own words and of names from fixed lists, never of the plugin's code. */
  readonly message?: string;
  readonly severity?: Severity;
  readonly confidence?: number;
}

/** One thing to look for. */
export interface ScanRule {
  /** `threat.dynamic-code`. */
  readonly id: string;
  /** What tells two versions of a rule apart that is not of ours, such as a plugin's digest. */
  readonly revision?: string;
  readonly part: RiskPart;
  readonly severity: Severity;
  /** How sure a hit is, 0 to 1. */
  readonly confidence: number;
  readonly message: string;
  /** A hit refuses the plugin whatever its score; the gate's name stands in the report. */
  readonly gate?: string;
  /** From which severity on a hit closes the gate; any unless told. */
  readonly gateFrom?: Severity;
  /** 2 for what is looked for only before untrusted code is activated. */
  readonly pass: ScanReport['passes'][number];
  find(subject: ScanSubject): Iterable<RuleHit> | Promise<Iterable<RuleHit>>;
}

/** How a severity counts in the score. */
export const SEVERITY_WEIGHT: Readonly<Record<Severity, number>> = Object.freeze({
  info: 0,
  low: 0.1,
  medium: 0.4,
  high: 0.7,
  critical: 1,
});

/**
 * Gives the facts of one kind with the files in which they are.
 *
 * @yields Each of them, in the order of the text.
 */
export function* factsOf<Kind extends Fact['kind']>(
  subject: Pick<ScanSubject, 'code'>,
  kind: Kind,
): Iterable<Extract<Fact, { readonly kind: Kind }> & { readonly file: string }> {
  for (const { path, facts } of subject.code)
    for (const fact of facts) if (isOfKind(fact, kind)) yield { ...fact, file: path };
}

function isOfKind<Kind extends Fact['kind']>(
  fact: Fact,
  kind: Kind,
): fact is Extract<Fact, { readonly kind: Kind }> {
  return fact.kind === kind;
}
