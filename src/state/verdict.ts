import { z } from 'zod';

/** What one check answered. Everything but `pass` counts against the transition. */
export const CheckOutcome = z.enum(['pass', 'fail', 'undetermined', 'error']);
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** What a failed check does: block (`deny`), be shown (`warn`), or only be recorded (`audit`). */
export const CheckMode = z.enum(['deny', 'warn', 'audit']);
export type CheckMode = z.infer<typeof CheckMode>;

/** What a gate decided. */
export const GateOutcome = z.enum(['allow', 'revise', 'ask', 'deny']);
export type GateOutcome = z.infer<typeof GateOutcome>;

/** A fact that only a person can supply. `id` is what the answer is filed under. */
export const Question = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  /** Where in the artifact the answer belongs. */
  path: z.string(),
  /** Answers to choose from; empty when free text is wanted. */
  options: z.array(z.string()),
});
export type Question = z.infer<typeof Question>;

/** One check's line in a verdict. `paths` name facts, never their values. */
export const CheckReport = z.strictObject({
  id: z.string(),
  outcome: CheckOutcome,
  mode: CheckMode,
  message: z.string(),
  remedy: z.string(),
  paths: z.array(z.string()),
  digest: z.string(),
  /** Digest of the pack that the check comes from, where it comes from one. */
  pack: z.string().optional(),
  /** Id of the waiver that lets the failure pass. */
  waiver: z.string().optional(),
});
export type CheckReport = z.infer<typeof CheckReport>;

/** A gate's answer about one transition: pure, so equal facts under an equal gate give an equal verdict. */
export const Verdict = z.strictObject({
  from: z.string(),
  to: z.string(),
  outcome: GateOutcome,
  /** The node that the run moves to: `to` when allowed, `blocked` when denied. */
  destination: z.string(),
  gateDigest: z.string(),
  factsDigest: z.string(),
  checks: z.array(CheckReport),
  questions: z.array(Question),
});
export type Verdict = z.infer<typeof Verdict>;
