import { z } from 'zod';

import { personIdProblem, samePerson } from '../kernel/index.ts';
import type { CheckReport } from '../state/index.ts';
import { InvalidWaiverError } from './errors.ts';
import { worstOf, type GateResult } from './evaluate-gate.ts';
import type { Binding, Consequence, Gate } from './gate.ts';

const LONGEST_MS = 366 * 24 * 3_600_000;

const Text = z.string().trim().min(1).max(500);
const Person = Text.superRefine((id, context) => {
  const problem = personIdProblem(id);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `the id ${problem}` });
});
const Phase = z.string({
  error: 'a waiver names the transition that it is for; ask for a new one that does',
});
const Waiver = z
  .strictObject({
    id: Text,
    checkId: Text,
    checkDigest: Text,
    /** The one transition at whose gate it holds. */
    from: Phase,
    to: Phase,
    reason: Text,
    owner: Person,
    approvedBy: Person,
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
  })
  .readonly();

/** An exception: a failing check of one transition is let pass for a time, for a reason, by two people. */
export type Waiver = z.infer<typeof Waiver>;

/** A gate's result with waivers applied. */
export interface WaivedGateResult extends GateResult {
  /** Ids of the waivers without which the result would be another one. */
  readonly waivedBy: readonly string[];
}

/**
 * Reads waivers.
 *
 * @param value - A list of waivers, as data.
 * @throws {@link InvalidWaiverError} for a missing or unknown key, an owner who approved alone, an end before the start or
 * more than a year after it, or two waivers of one id.
 */
export function readWaivers(value: unknown): readonly Waiver[] {
  const entries = z.array(z.unknown()).safeParse(value);
  if (!entries.success) throw new InvalidWaiverError('list', 'expected a list of waivers');
  const ids = new Set<string>();
  return Object.freeze(
    entries.data.map((entry, index) => {
      const parsed = Waiver.safeParse(entry);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const where = issue?.path.join('.') ?? '';
        throw new InvalidWaiverError(String(index + 1), `${where}: ${issue?.message ?? 'refused'}`);
      }
      const problem = ids.has(parsed.data.id) ? 'the id is there twice' : problemOf(parsed.data);
      if (problem !== undefined) throw new InvalidWaiverError(String(index + 1), problem);
      ids.add(parsed.data.id);
      return parsed.data;
    }),
  );
}

function problemOf({ owner, approvedBy, startsAt, endsAt }: Waiver): string | undefined {
  if (samePerson(owner, approvedBy)) return 'its owner cannot approve it';
  const lengthMs = Date.parse(endsAt) - Date.parse(startsAt);
  if (!(lengthMs > 0)) return 'it ends before it starts';
  return lengthMs > LONGEST_MS ? 'it holds for more than a year' : undefined;
}

/**
 * Lets failures pass that have been excepted. Only a `fail` of a check that denies or revises can be: what could not be decided
 * stays so, and a question is to be answered.
 *
 * @param result - What `evaluateGate` gave for `options.gate`.
 * @param options - The gate, the transition whose gate it is, the waivers as {@link readWaivers} gave them, and the
 * instant now (ISO-8601 UTC).
 * @returns The result with each waived failure in mode `audit`. Where a waiver changed it, it is `undecided`: it ends with time.
 */
export function applyWaivers(
  result: GateResult,
  options: {
    readonly gate: Gate;
    readonly transition: { readonly from: string; readonly to: string };
    readonly waivers: readonly Waiver[];
    readonly now: string;
  },
): WaivedGateResult {
  const { bindings } = options.gate;
  const waivers = bindings.map((binding, index) =>
    waiverOf(binding, result.checks[index], options),
  );
  const waivedBy = waivers.flatMap((waiver) => waiver?.id ?? []);
  if (waivedBy.length === 0) return { ...result, waivedBy };
  const consequences = bindings.flatMap(({ consequence }, index): readonly Consequence[] => {
    const report = result.checks[index];
    // A check that left no report holds the run.
    if (report === undefined) return [{ kind: 'deny' }];
    if (report.mode !== 'deny' || report.outcome === 'pass' || waivers[index] !== undefined)
      return [];
    return [report.outcome === 'fail' ? consequence : { kind: 'deny' }];
  });
  return {
    outcome: worstOf(consequences, result.questions.length),
    reviseTo: consequences.flatMap((one) => (one.kind === 'revise' ? [one.to] : [])),
    checks: result.checks.map((report, index) => waived(report, waivers[index])),
    questions: result.questions,
    undecided: true,
    waivedBy,
  };
}

function waiverOf(
  { check, mode, consequence }: Binding,
  report: CheckReport | undefined,
  { waivers, transition: { from, to }, now }: Parameters<typeof applyWaivers>[1],
): Waiver | undefined {
  if (mode !== 'deny' || consequence.kind === 'ask') return undefined;
  if (report?.outcome !== 'fail' || report.id !== check.id || report.digest !== check.digest)
    return undefined;
  const nowMs = Date.parse(now);
  return waivers.find(
    (waiver) =>
      waiver.checkId === check.id &&
      waiver.checkDigest === check.digest &&
      waiver.from === from &&
      waiver.to === to &&
      problemOf(waiver) === undefined &&
      nowMs >= Date.parse(waiver.startsAt) &&
      nowMs < Date.parse(waiver.endsAt),
  );
}

function waived(report: CheckReport, waiver: Waiver | undefined): CheckReport {
  if (waiver === undefined) return report;
  const { id, endsAt, owner, approvedBy } = waiver;
  const note = `Waived by "${id}" until ${endsAt}; owner ${owner}, approved by ${approvedBy}.`;
  const message = `${report.message} ${note}`.trim();
  return { ...report, mode: 'audit', message, waiver: id };
}
