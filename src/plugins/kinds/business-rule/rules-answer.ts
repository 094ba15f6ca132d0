import { z } from 'zod';

const Outcome = z.enum(['pass', 'fail', 'undetermined']);
const Paths = z.array(z.string());

/** What a table gave. Rows are counted from 1. */
const TableAnswer = z.strictObject({
  table: z.string(),
  rows: z.array(z.int().positive()),
  /** Null where the table could not decide. */
  output: z.json(),
  /** Why it could not; empty otherwise. */
  reason: z.string(),
});

/** What one rule said. */
const RuleAnswer = z.strictObject({
  rule: z.string(),
  outcome: Outcome,
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  /** What is wrong and what to do, where it fails. */
  message: z.string(),
  remedy: z.string(),
  /** Why it could not be decided; empty otherwise. */
  reason: z.string(),
  /** Facts that it rests on or misses. Never values. */
  paths: Paths,
});

/** What `decide` of a pack of rules gives. */
export const RulesDecision = z.strictObject({
  /** `undecided` as soon as one rule or table is: a person has to look then. */
  outcome: z.enum(['decided', 'undecided']),
  pack: z.strictObject({ id: z.string(), version: z.string(), digest: z.string() }),
  /** Ids of the rules that fail. */
  failed: z.array(z.string()),
  rules: z.array(RuleAnswer),
  tables: z.array(TableAnswer),
});
export type RulesDecision = z.infer<typeof RulesDecision>;

/** What `explain` of a pack of rules gives. */
export const RulesExplanation = z.strictObject({
  outcome: z.enum(['decided', 'undecided']),
  pack: z.strictObject({ id: z.string(), version: z.string(), digest: z.string() }),
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      outcome: Outcome,
      reason: z.string(),
      expression: z.string(),
      message: z.string(),
      remedy: z.string(),
      paths: Paths,
      optionalPaths: Paths,
      thresholds: z.array(
        z.strictObject({ name: z.string(), value: z.number(), unit: z.string() }),
      ),
      tables: z.array(z.strictObject({ table: z.string(), rows: z.array(z.int()), paths: Paths })),
    }),
  ),
});
export type RulesExplanation = z.infer<typeof RulesExplanation>;
