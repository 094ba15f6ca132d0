import { gateCheckId } from '../gate/gate-checks-of.ts';
import {
  manual,
  notApplicable,
  notSatisfied,
  satisfied,
  undecided,
  type ControlOutcome,
  type Judgement,
} from '../judgement.ts';
import type { EvidenceKind, PrimitiveMode } from '../primitive.ts';
import type { Standard, StandardCheck } from '../standard/standard.ts';
import { tallyOf, type GateTally } from '../trail/tally-of.ts';
import type { EvidenceName, TrailEvidence } from '../trail/trail-evidence.ts';

/** Entries that an assessment names; how many there were is told beside them. */
const MOST_ENTRIES = 100;

/** What was found about the controls that one check speaks to. */
export interface ControlAssessment {
  readonly standard: string;
  /** The check's id, such as `SOX-01`. */
  readonly check: string;
  readonly primitive: string;
  readonly controls: readonly string[];
  readonly note: string | undefined;
  readonly mode: PrimitiveMode;
  readonly evidence: readonly EvidenceKind[];
  readonly outcome: ControlOutcome;
  /** Why; for `not-applicable` the recorded reason. */
  readonly message: string;
  readonly remedy: string;
  /** Paths in the evidence. */
  readonly paths: readonly string[];
  /** Numbers of audit entries: the first hundred. */
  readonly entries: readonly number[];
  readonly entriesConcerned: number;
  readonly predicate: string;
  readonly says: string;
  readonly cannotSay: string;
}

/** What was found about a standard's checks in a period. It says nothing about the standard as a whole. */
export interface StandardAssessment {
  readonly standard: Pick<Standard, 'id' | 'title' | 'source' | 'note' | 'version' | 'digest'>;
  readonly period: TrailEvidence['period'];
  readonly assessedAt: string;
  readonly controls: readonly ControlAssessment[];
  readonly counts: Readonly<Record<ControlOutcome, number>>;
  readonly notCovered: {
    /** What no machine can attest. */
    readonly neverAttestable: readonly string[];
    readonly unit: string;
    /** How many of the standard's own units the checks speak to, how many it has, and how many are left; null where nobody can say. */
    readonly spokenTo: number;
    readonly total: number | null;
    readonly left: number | null;
  };
}

/** What an assessment is told besides the evidence. */
export interface AssessmentOptions {
  /** Checks that do not apply, by their id, and why: recorded by the user, as in a binding. */
  readonly notApplicable?: ReadonlyMap<string, string>;
}

/**
 * Assesses every check of a standard by the evidence of a period. Pure; what evidence is missing for is an error of its control.
 *
 * @param evidence - As {@link readEvidence} gave it.
 */
export function assessStandard(
  standard: Standard,
  evidence: TrailEvidence,
  options: AssessmentOptions = {},
): StandardAssessment {
  const controls = standard.checks.map((check) =>
    assessControl(standard, check, { evidence, options }),
  );
  const counts = { satisfied: 0, 'not-satisfied': 0, error: 0, 'not-applicable': 0, manual: 0 };
  for (const { outcome } of controls) counts[outcome] += 1;
  const { id, title, source, note, version, digest, extent, neverAttestable } = standard;
  const spokenTo = unitsOf(standard).length;
  return Object.freeze({
    standard: { id, title, source, note, version, digest },
    period: evidence.period,
    assessedAt: evidence.assessedAt,
    controls,
    counts,
    notCovered: {
      neverAttestable,
      unit: extent.unit,
      spokenTo,
      total: extent.total,
      left: extent.total === null ? null : extent.total - spokenTo,
    },
  });
}

/** The standard's own units that its checks name: identifiers up to their first bracket, each once. */
export function unitsOf({ checks }: Standard): readonly string[] {
  const units = checks.flatMap(({ controls }) =>
    controls.map((control) => control.split('(')[0]?.trim() ?? ''),
  );
  return [...new Set(units)].filter((unit) => unit !== '').toSorted();
}

interface Given {
  readonly evidence: TrailEvidence;
  readonly options: AssessmentOptions;
}

function assessControl(standard: Standard, check: StandardCheck, given: Given): ControlAssessment {
  const { id, primitive, parameters, controls, note, mode, evidence } = check;
  const { predicate, says, cannotSay } = check;
  const { entries, outcome, message, remedy, paths } = judge(standard, check, given);
  return Object.freeze({
    standard: standard.id,
    check: id,
    primitive: primitive.id,
    controls,
    note,
    mode,
    evidence,
    outcome,
    message,
    remedy,
    paths,
    entries: entries.slice(0, MOST_ENTRIES),
    entriesConcerned: entries.length,
    predicate: predicateOf(predicate, parameters),
    says,
    cannotSay,
  });
}

/** Says a predicate with the number of its parameter: "newer than 3 months"; where it is for somebody else to set, that. */
function predicateOf(predicate: string, parameters: StandardCheck['parameters']): string {
  return predicate.replaceAll(/\bN (\w+)/g, (_, unit: string) => {
    const named = Object.entries(parameters).find(([name]) => name.toLowerCase().endsWith(unit));
    const number = named?.[1] ?? parameters['n'];
    return typeof number === 'number' ? `${number} ${unit}` : `the ${unit} that you set`;
  });
}

function judge(standard: Standard, check: StandardCheck, { evidence, options }: Given): Judgement {
  const found =
    check.mode === 'gate' || check.primitive.report === undefined
      ? fromGates(gateCheckId(standard, check), evidence)
      : assessCheck(check, evidence);
  const reason = options.notApplicable?.get(check.id);
  // A fault that was seen is there, whoever says that nobody need look for it.
  return reason === undefined || found.outcome === 'not-satisfied' ? found : notApplicable(reason);
}

/** Asks one check of a standard about a period. */
export function assessCheck(check: StandardCheck, evidence: TrailEvidence): Judgement {
  const { report } = check.primitive;
  if (report === undefined || check.mode === 'gate')
    return manual('The check is asked at gates only.');
  const lacking = report.needs.filter((name: EvidenceName) => evidence[name] === undefined);
  if (lacking.length > 0)
    return undecided('Evidence that the check reads is not there.', {
      remedy: 'Supply the evidence named.',
      paths: lacking,
    });
  // Its parts were just looked for, and the primitive's schema gave the parameters.
  const assess = report.assess as unknown as (given: unknown, by: unknown) => Judgement;
  return assess(evidence, check.parameters);
}

/** What is said of a check that only gates ask: how often it was asked, and whether anything went through without it. */
function fromGates(id: string, { entries, gates }: TrailEvidence): Judgement {
  if (entries === undefined || gates === undefined)
    return undecided('The check is asked at gates, and their verdicts are not in the evidence.', {
      remedy: 'Supply the audit entries and the gates of the period.',
      paths: [
        ...(entries === undefined ? ['entries'] : []),
        ...(gates === undefined ? ['gates'] : []),
      ],
    });
  if (!gates.some(({ checks }) => checks.some((check) => check.id === id)))
    return undecided('The check is asked at gates, and no gate in the evidence asks it.', {
      remedy: 'Bind the standard to the workflow, or record why the check does not apply.',
      paths: ['gates'],
    });
  const { checks, ofOtherGates } = tallyOf(entries, gates);
  const tally = checks.get(id);
  if (tally === undefined && ofOtherGates > 0)
    return undecided(
      `No gate that asks it today was judged; ${ofOtherGates} verdicts are of gates that are not configured today.`,
      {
        remedy: 'Assess the period with the configuration and the version that ran in it.',
        paths: ['gates'],
      },
    );
  if (tally === undefined)
    return notApplicable('No transition whose gate asks it was judged in the period.');
  const others =
    ofOtherGates === 0
      ? ''
      : ` Verdicts of gates that are not configured today: ${ofOtherGates}; whether they asked it is seen only where it did not pass.`;
  return told(tally, others);
}

function told({ asked, held, letThrough, unsure }: GateTally, others: string): Judgement {
  const failed = `; that went through without it: ${letThrough.length}`;
  const undecidedOnes = `; that went through although it could not be decided: ${unsure.length}`;
  const parts = [
    ...(letThrough.length > 0 || unsure.length === 0 ? [failed] : []),
    ...(unsure.length > 0 ? [undecidedOnes] : []),
  ];
  const message = `Asked at gates: ${asked}. Transitions that were held: ${held.length}${parts.join('')}.${others}`;
  if (letThrough.length > 0)
    return notSatisfied(message, {
      remedy: 'Bind the check in mode deny, or record why these went through.',
      entries: letThrough,
    });
  if (unsure.length > 0)
    return undecided(message, {
      remedy:
        'Tell the facts that it reads (house-facts.toml), and bind it in mode deny, so that nothing goes through undecided.',
      entries: unsure,
    });
  return satisfied(message, { entries: held });
}
