import { z } from 'zod';

const Kebab = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name in kebab case');
const Settings = z.record(z.string(), z.json());

/** A check of a planned gate, by its name in a catalogue, and what its failure leads to. */
const PlannedCheck = z.strictObject({
  check: z.string().min(1),
  settings: Settings.optional(),
  /** `deny` unless told; `revise` needs `to`. */
  onFailure: z.enum(['deny', 'ask', 'revise', 'warn', 'audit']).optional(),
  /** The phase that is run again. */
  to: Kebab.optional(),
});

const PlannedPhase = z.strictObject({
  id: Kebab,
  /** The agent's name in a catalogue. */
  agent: z.string().min(1),
  settings: Settings.optional(),
  maxAttempts: z.int().positive().optional(),
  timeoutMs: z.int().nonnegative().optional(),
});

const PlannedTransition = z.strictObject({
  from: Kebab,
  /** A phase, or `completed`. */
  to: Kebab,
  name: z.string().min(1).max(120).optional(),
  /** Whether this is the way to take, when there are several. */
  when: z.strictObject({ check: z.string().min(1), settings: Settings.optional() }).optional(),
  checks: z.array(PlannedCheck).max(50),
  /** A person's approval of the artifact of `phase`, which the gate also asks for. */
  approval: z
    .strictObject({
      phase: Kebab,
      /** A member of the artifact, when not all of it is approved. */
      member: z.string().min(1).optional(),
      roles: z.array(z.string().min(1)).max(20),
      validForMs: z.int().positive(),
    })
    .optional(),
});

/** A workflow as data: what a template gives, and what code makes a runnable workflow of. */
export const WorkflowPlan = z.strictObject({
  id: Kebab,
  title: z.string().min(1).max(200),
  /** Of what a run stores, counted from 1. */
  version: z.int().positive(),
  phases: z.array(PlannedPhase).min(1).max(50),
  transitions: z.array(PlannedTransition).min(1).max(200),
});
export type WorkflowPlan = z.infer<typeof WorkflowPlan>;
