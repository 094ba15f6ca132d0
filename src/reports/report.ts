import type {
  ControlAssessment,
  ControlOutcome,
  EditionChanges,
  StandardAssessment,
  TrailEvidence,
} from '../compliance/index.ts';

/** What a verification of the audit trail found, as a report tells it. */
export interface TrailFinding {
  readonly ok: boolean;
  /** Entries of the chain, and how many of them stand under a signature. */
  readonly size: number;
  readonly covered: number;
  /** Sentences. */
  readonly faults: readonly string[];
  /** What the verification could not see, in sentences. */
  readonly unseen: readonly string[];
}

/** An audit entry that a control refers to. */
export interface EvidenceEntry {
  readonly seq: number;
  /** ISO-8601 UTC. */
  readonly at: string;
  readonly kind: string;
  readonly outcome: string;
  readonly target: string;
  readonly actor: string;
  readonly thread: string | undefined;
  /** SHA-256 of the entry in the chain. */
  readonly hash: string;
}

/** A changed pack of a standard, in place of the one that comes with Phasegate. */
export interface EditionInForce {
  /** The workflow whose gates ask by it; null where the report alone does. */
  readonly workflow: string | null;
  readonly file: string;
  readonly version: string;
  readonly digest: string;
  /** Whose key signed the file; null where none of the configuration's did. */
  readonly signedBy: string | null;
  readonly changes: EditionChanges;
}

/** An exception that somebody approved, such as a waiver. */
export type ExceptionTaken = NonNullable<TrailEvidence['overrides']>[number];

/** Earlier reports of the same standard, oldest first. */
export interface EarlierReport {
  /** ISO-8601 UTC. */
  readonly assessedAt: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly digest: string;
  readonly counts: Readonly<Record<ControlOutcome, number>>;
}

/** Everything that a report says, whatever its format. */
export interface ComplianceReport {
  /** SHA-256 over what was assessed and found; the report's name. */
  readonly id: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** What was looked at, such as a data folder and its workflows. */
  readonly subject: string;
  readonly workflows: readonly string[];
  readonly assessment: StandardAssessment;
  /** Changed packs of the standard that are in force, or that the report asks by. */
  readonly editions: readonly EditionInForce[];
  readonly trail: TrailFinding;
  /** Names of the parts of the evidence that were there, and where each came from. */
  readonly evidence: readonly { readonly part: string; readonly from: string }[];
  /** Parts that no control could look at, since nobody supplied them. */
  readonly lacking: readonly string[];
  /** The entries that controls refer to. */
  readonly entries: readonly EvidenceEntry[];
  /** Exceptions that were approved, also those that ended or were taken back. */
  readonly exceptions: readonly ExceptionTaken[];
  readonly earlier: readonly EarlierReport[];
}

/** What a user has to do something about, most pressing first. */
export interface Gap {
  readonly check: string;
  readonly controls: readonly string[];
  readonly outcome: Extract<ControlOutcome, 'not-satisfied' | 'error' | 'manual'>;
  /** The question in words. */
  readonly asked: string;
  readonly message: string;
  readonly remedy: string;
  /** Parts of the evidence that are missing, where that is why. */
  readonly lacking: readonly string[];
}

const PRESSING: Readonly<Record<Gap['outcome'], number>> = {
  'not-satisfied': 0,
  error: 1,
  manual: 2,
};

/** Gives what is open: what is not satisfied, then what could not be decided, then what only a person can answer. */
export function gapsOf({ controls }: StandardAssessment): readonly Gap[] {
  return controls
    .flatMap(gapOf)
    .toSorted((one, other) => PRESSING[one.outcome] - PRESSING[other.outcome]);
}

function gapOf({ outcome, paths, predicate: asked, ...control }: ControlAssessment): Gap[] {
  if (outcome === 'satisfied' || outcome === 'not-applicable') return [];
  const lacking = outcome === 'error' ? paths : [];
  const { check, controls, message, remedy } = control;
  return [{ check, controls, outcome, asked, message, remedy, lacking }];
}

/** Says in one line why a check is open, which parts of the evidence it misses, and what to do next. */
export function gapSentence({ message, remedy, lacking }: Gap): string {
  const missing = lacking.length === 0 ? '' : `Missing: ${lacking.map(partName).join(', ')}. `;
  return `${message} ${missing}${remedy}`.trim();
}

/** Says which parts of the evidence a check looked at, or which it misses where it could not be decided. */
export function partsTold({
  outcome,
  paths,
}: Pick<ControlAssessment, 'outcome' | 'paths'>): string {
  if (paths.length === 0) return '';
  return `${outcome === 'error' ? 'Missing' : 'Parts'}: ${paths.map(partName).join(', ')}.`;
}

/** Gives the name of a part of the evidence as people write it, with the key that it is supplied under: `access reviews (accessReviews)`. */
export function partName(key: string): string {
  const words = key
    .replaceAll('.', ' ')
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words === key ? key : `${words} (${key})`;
}

/** An exception as a reader is told of it; instants to the minute, UTC. */
export interface ExceptionLine {
  readonly exception: ExceptionTaken;
  readonly state: 'stands' | 'begins later' | 'ended' | 'taken back';
  readonly sentence: string;
}

/** Gives the exceptions as they were at the assessment, those that stand first, then the newest. */
export function exceptionLines({
  exceptions,
  assessment,
}: ComplianceReport): readonly ExceptionLine[] {
  const now = Date.parse(assessment.assessedAt);
  return exceptions
    .map((exception) => {
      const state = stateOf(exception, now);
      return { exception, state, sentence: SENTENCES[state](exception) };
    })
    .toSorted(
      (one, other) =>
        Number(other.state === 'stands') - Number(one.state === 'stands') ||
        Date.parse(other.exception.startedAt) - Date.parse(one.exception.startedAt),
    );
}

/** Says how many exceptions there are, and how many of them stand. */
export function exceptionsSentence(lines: readonly ExceptionLine[]): string {
  if (lines.length === 0) return 'No exception from a check is on record.';
  const standing = lines.filter(({ state }) => state === 'stands').length;
  return (
    'An exception lets failures of a check pass for a time, once another person has approved it. ' +
    `On record: ${lines.length}. Standing when this was assessed: ${standing}.`
  );
}

function stateOf(
  { startedAt, endsAt, revokedAt }: ExceptionTaken,
  now: number,
): ExceptionLine['state'] {
  if (revokedAt !== undefined && Date.parse(revokedAt) <= now) return 'taken back';
  if (endsAt !== null && Date.parse(endsAt) <= now) return 'ended';
  return Date.parse(startedAt) > now ? 'begins later' : 'stands';
}

const SENTENCES: Readonly<Record<ExceptionLine['state'], (given: ExceptionTaken) => string>> = {
  stands: ({ endsAt }) =>
    endsAt === null ? 'Stands, without an end' : `Stands until ${minute(endsAt)}`,
  'begins later': ({ startedAt }) => `Begins ${minute(startedAt)}`,
  ended: ({ endsAt }) => `Ended ${minute(endsAt ?? '')}`,
  'taken back': ({ endsAt, revokedAt = '' }) =>
    `Taken back ${minute(revokedAt)}${endsAt === null ? '' : `; was to end ${minute(endsAt)}`}`,
};

/** An instant to the minute, UTC, as a reader is told it. */
export function minute(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}

/** Says from when to when a report looks, to the minute where its end is no midnight. */
export function periodSentence({ from, to }: StandardAssessment['period']): string {
  const isWholeDays = [from, to].every((instant) => /T00:00(:00(\.0+)?)?Z$/.test(instant));
  const shown = isWholeDays ? (instant: string) => instant.slice(0, 10) : minute;
  return `${shown(from)} to ${shown(to)} (UTC, the end not included)`;
}

/** How each outcome is told to a reader. */
export const OUTCOME_WORDS: Readonly<Record<ControlOutcome, string>> = Object.freeze({
  satisfied: 'Satisfied',
  'not-satisfied': 'Not satisfied',
  error: 'Could not be decided',
  'not-applicable': 'Not applicable',
  manual: 'For a person to answer',
});

/** The order in which outcomes are counted and shown. */
export const OUTCOMES: readonly ControlOutcome[] = Object.freeze([
  'not-satisfied',
  'error',
  'manual',
  'satisfied',
  'not-applicable',
]);

/** What every report says of itself first. */
export const DISCLAIMER =
  'This report says what software could see in the records of one installation and in one period. It is no opinion on the ' +
  'standard as a whole, and no replacement for the people whose judgement the standard asks for.';

/** Says which parts of the evidence nobody supplied, and how they are supplied. */
export function lackingSentence(lacking: readonly string[]): string {
  return (
    `Nobody supplied these parts of the evidence, so that the checks that read them could not be decided: ${lacking.map(partName).join(', ')}. ` +
    'They go into a file that is given to the command with --evidence; what the checks need of them stands below.'
  );
}

/** Says how much of the standard the checks speak to. */
export function coverageSentence({ notCovered }: StandardAssessment): string {
  const { unit, spokenTo, total, left } = notCovered;
  if (total === null || left === null)
    return `The checks of this pack speak to ${spokenTo} ${unit}; how many ${unit} you have to answer for, only you can say.`;
  return `The checks of this pack speak to ${spokenTo} of ${total} ${unit}. ${left} are not looked at here.`;
}
