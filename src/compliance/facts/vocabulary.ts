import { z } from 'zod';

/** Data that nobody changes, all the way down. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** An instant: ISO-8601, UTC. */
export const Instant = z.iso.datetime();
/** A short name or id. */
export const Name = z.string().min(1).max(300);
/** SHA-256, 64 lowercase hex digits. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Names, each once or more; at most 10,000. */
export const Names = z.array(Name).max(10_000);

/** A sum of money: `currency` by its three ISO 4217 letters. */
export const Amount = z.strictObject({
  value: z.number(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type Amount = DeepReadonly<z.infer<typeof Amount>>;

/** How much may go wrong. */
export const Risk = z.enum(['low', 'medium', 'high']);
export type Risk = z.infer<typeof Risk>;

/**
 * What a transition is, so that checks find the transitions they are for: `effect` does something outside, `approval` is let
 * through by people, `output` sends text out, `decision` decides about a person, `totals` has records that are to be reconciled,
 * `deidentified` hands on data without identifiers.
 */
export const TransitionTag = z.enum([
  'effect',
  'approval',
  'output',
  'decision',
  'totals',
  'deidentified',
]);
export type TransitionTag = z.infer<typeof TransitionTag>;

/** Somebody or something that acts. An agent's `owner` is the person or team that answers for it. */
export const Identity = z.strictObject({
  id: Name,
  kind: z.enum(['human', 'agent', 'service']),
  owner: Name.optional(),
  /** Whether several people use it. */
  shared: z.boolean(),
});
export type Identity = DeepReadonly<z.infer<typeof Identity>>;

/** Where data goes: a model, a tool or a store. */
export const Endpoint = z.strictObject({
  id: Name,
  kind: z.enum(['model', 'tool', 'store']),
  provider: Name,
  region: Name,
  /** Of its address, such as `https` or `rediss`; `none` for what runs in this process or on this machine. */
  scheme: Name,
  /** Reference to what safeguards a transfer there. */
  safeguard: Name.optional(),
});
export type Endpoint = DeepReadonly<z.infer<typeof Endpoint>>;

/** What was tried on purpose, and what came of it. */
export const Probe = z.strictObject({
  /** `audit-sink-fails`, `unlisted-action`, `error`, `timeout` or `unknown-fact`. */
  id: z.enum(['audit-sink-fails', 'unlisted-action', 'error', 'timeout', 'unknown-fact']),
  at: Instant,
  /** Whether the transition was denied. */
  denied: z.boolean(),
  /** Whether the answer held internals or data of persons. */
  leaked: z.boolean(),
});
export type Probe = DeepReadonly<z.infer<typeof Probe>>;

/** An exception to a rule that somebody took. */
export const Override = z.strictObject({
  id: Name,
  by: Name,
  /** Id of the check whose failures it lets pass. */
  check: Name.exactOptional(),
  /** Reference or text; empty when none was given. */
  reason: z.string().max(2_000),
  startedAt: Instant,
  endsAt: Instant.nullable(),
  /** When it was taken back before its end. */
  revokedAt: Instant.exactOptional(),
  secondApprover: Name.nullable(),
  review: z.strictObject({ by: Name, at: Instant }).nullable(),
});
export type Override = DeepReadonly<z.infer<typeof Override>>;

/** Digests of what runs. */
export const Running = z.strictObject({
  workflow: Digest,
  policy: Digest,
  prompts: Digest,
  tools: Digest,
});
export type Running = DeepReadonly<z.infer<typeof Running>>;

/** A change that was approved, by the digests of what was approved. */
export const ChangeRecord = z.strictObject({
  id: Name,
  author: Name,
  approvedBy: Name,
  approvedAt: Instant,
  digests: Running,
  /** The run of tests that it links. */
  test: z.strictObject({ reference: Name, passed: z.boolean(), digests: Running }).optional(),
});
export type ChangeRecord = DeepReadonly<z.infer<typeof ChangeRecord>>;

/** Something of a data class that was found, by its place. */
export const Found = z.strictObject({ path: z.string().max(1_000), type: Name });
export type Found = DeepReadonly<z.infer<typeof Found>>;
