import { z } from 'zod';

import type { JsonValue } from '../kernel/index.ts';
import { Verdict } from './verdict.ts';

/** The version of the shapes in this folder; a run that was stored under another one is migrated or refused. */
export const STATE_FORMAT = 1;

/** Where a run ends. Both are nodes of the graph, so both are written into state. */
export const COMPLETED = 'completed';
export const BLOCKED = 'blocked';

export const RunStatus = z.enum(['running', 'completed', 'blocked']);
export type RunStatus = z.infer<typeof RunStatus>;

/** Tokens and money that model calls took. */
export const Usage = z.strictObject({
  calls: z.int().min(0),
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  costUsd: z.number().min(0),
});
export type Usage = z.infer<typeof Usage>;

export const NO_USAGE: Usage = Object.freeze({
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
});

/** Who acted. `authenticated` tells whether anything but the caller's word stands behind `id`. */
export const Principal = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['person', 'service', 'script', 'unknown']),
  roles: z.array(z.string()),
  authenticated: z.boolean(),
  /** How the identity was established: `os-user`, `langgraph-auth`, `session`, `script`, ... */
  source: z.string(),
});
export type Principal = z.infer<typeof Principal>;

/** What a person said to one question. */
export const Answer = z.strictObject({
  question: z.string(),
  text: z.string(),
  by: Principal,
  at: z.string(),
});
export type Answer = z.infer<typeof Answer>;

/** The run on a thread: what it runs, where it stands. `phase` is the last phase (or end) that finished. */
export const RunRecord = z.strictObject({
  format: z.int(),
  id: z.string(),
  /** LangGraph's thread; a run that is copied to another one is not read there. */
  thread: z.string(),
  workflow: z.string(),
  version: z.int(),
  seq: z.int().min(0),
  /** Seal of the last visit; empty before the first. */
  head: z.string(),
  status: RunStatus,
  phase: z.string().nullable(),
  inputDigest: z.string(),
  /** Who began it; kept where an audit trail is written. */
  by: Principal.exactOptional(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** Why the run is blocked, in one line. */
  reason: z.string().nullable(),
  seal: z.string(),
});
export type RunRecord = z.infer<typeof RunRecord>;

/** The key under which a run's accepted input stands among the artifacts; no phase may have this id. */
export const INPUT = 'input';

/** What a phase produced. `value` is typed by the phase; the seal says that the phase's agent produced it. */
export const ArtifactRecord = z.strictObject({
  run: z.string(),
  phase: z.string(),
  attempt: z.int().min(1),
  /** The visit that produced it, so that artifacts of two forks cannot be mixed. */
  visit: z.string(),
  /** The workflow's version that the value is written in. */
  version: z.int().min(1),
  producedAt: z.string(),
  digest: z.string(),
  /** Whether it is JSON is shown by its digest, which nothing else has. */
  value: z.custom<JsonValue>((value) => value !== undefined),
  seal: z.string(),
});
export type ArtifactRecord = z.infer<typeof ArtifactRecord>;

/** A variant of an agent that was to work and has failed. */
export const Fallback = z.strictObject({ from: z.literal('llm'), because: z.string() });
export type Fallback = z.infer<typeof Fallback>;

/** One visit of a phase, or of an end. `verdict` is the one that let the run in; null at the start. */
export const PhaseRecord = z.strictObject({
  run: z.string(),
  index: z.int().min(0),
  phase: z.string(),
  attempt: z.int().min(1),
  agent: z.string().nullable(),
  variant: z.enum(['llm', 'simulated']).nullable(),
  /** Where `variant` took the place of another one that failed for good; `because` is that failure's error code. */
  fallback: Fallback.exactOptional(),
  startedAt: z.string(),
  endedAt: z.string(),
  verdict: Verdict.nullable(),
  answers: z.array(Answer),
  usage: Usage,
  /** Names this visit uniquely, also between forks of a thread; approvals are bound to it. */
  visit: z.string(),
  /** Seal of the visit before in this run; empty for the first. So the visits of two forks cannot be mixed. */
  previous: z.string(),
  seal: z.string(),
});
export type PhaseRecord = z.infer<typeof PhaseRecord>;

/** A person's yes, bound to exactly what was shown. */
export const Approval = z.strictObject({
  thread: z.string(),
  run: z.string(),
  from: z.string(),
  to: z.string(),
  /** The visit of the phase in which it was given. */
  visit: z.string(),
  subjectDigest: z.string(),
  gateDigest: z.string(),
  by: Principal,
  comment: z.string(),
  givenAt: z.string(),
  expiresAt: z.string(),
  seal: z.string(),
});
export type Approval = z.infer<typeof Approval>;

/** An entry that was refused: somebody jumped. The run itself is untouched. */
export const Refusal = z.strictObject({
  run: z.string().nullable(),
  phase: z.string(),
  /** The visit that was refused. */
  visit: z.string(),
  /** Whether the run had to be led back to where it stands. */
  rerouted: z.boolean(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  at: z.string(),
  seal: z.string(),
});
export type Refusal = z.infer<typeof Refusal>;
