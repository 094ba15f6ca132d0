import type { z } from 'zod';

import {
  defineCheck,
  fail,
  pass,
  undetermined,
  type Check,
  type CheckResult,
} from '../../validation/index.ts';
import { factsReader, type ComplianceFacts } from '../facts/compliance-facts.ts';
import type { TransitionTag } from '../facts/vocabulary.ts';
import type { Judgement } from '../judgement.ts';
import type { Standard, StandardCheck } from '../standard/standard.ts';
import { answerOf } from './judge-gate.ts';

/** What a check of a standard reads: compliance facts beside whatever else a gate has. */
export interface WithCompliance {
  readonly compliance: ComplianceFacts;
}

/** A check of a standard as a gate takes it. */
export interface GateCheck {
  readonly check: Check<WithCompliance>;
  readonly source: StandardCheck;
}

/**
 * Makes checks of a gate of those checks of a standard that are asked at gates.
 *
 * @param tags - What the transition is; every check unless given.
 * @returns Checks with ids such as `sox.sox-01`. What a check cannot decide is undetermined, which denies; what does not apply
 * passes.
 */
export function gateChecksOf(
  standard: Standard,
  { tags }: { readonly tags?: readonly TransitionTag[] } = {},
): readonly GateCheck[] {
  return standard.checks.flatMap((source) => {
    if (source.mode === 'report' || source.primitive.gate === undefined) return [];
    if (tags !== undefined && !isFor(source, tags)) return [];
    return [{ check: gateCheck(standard, source), source }];
  });
}

/** The id of a standard's check at gates and in verdicts: `sox.sox-01`. */
export function gateCheckId({ id }: Standard, check: StandardCheck): string {
  return `${id}.${check.id.toLowerCase()}`;
}

/** Tells whether a check is for transitions with these tags: those without tags of their own are for every one. */
export function isFor({ primitive }: StandardCheck, tags: readonly TransitionTag[]): boolean {
  return primitive.on.length === 0 || primitive.on.some((tag) => tags.includes(tag));
}

function gateCheck(standard: Standard, source: StandardCheck): Check<WithCompliance> {
  return defineCheck<WithCompliance>({
    id: gateCheckId(standard, source),
    version: `${standard.version} ${standard.digest}`,
    pack: standard.digest,
    // It reads no more than the parts that it needs; that these are among the facts is what the parse tells.
    reads: factsReader(source.primitive.gate?.needs ?? []) as unknown as z.ZodType<WithCompliance>,
    message: `The check ${source.id} (${source.primitive.id}) does not hold.`,
    remedy: 'See what the check asks for in the page of the standard.',
    evaluate: ({ compliance }) => resultOf(answerOf(source, compliance)),
  });
}

function resultOf({ outcome, message, remedy, paths }: Judgement): CheckResult {
  if (outcome === 'satisfied') return pass();
  // Why nothing was asked stands in the verdict.
  if (outcome === 'not-applicable') return pass({ message: `Does not apply: ${message}` });
  const finding = { message, paths, ...(remedy === '' ? {} : { remedy }) };
  return outcome === 'not-satisfied' ? fail(finding) : undetermined(finding);
}
