import { z } from 'zod';

import { Principal } from '../state/index.ts';
import { InvalidSessionError } from './errors.ts';

const MOST_ROLES = 64;
const MOST_THREADS = 256;
const LONGEST_NAME = 256;
const LONGEST_MS = 10 * 365 * 86_400_000;

const Name = z
  .string()
  .min(1)
  .max(LONGEST_NAME)
  .refine((text) => text.isWellFormed(), 'expected well-formed text');
const Milliseconds = z.int().min(1).max(LONGEST_MS);

/** What a session is made from. Strict, so that nobody can hand in a token or an id of their own. */
export const NewSession = z.strictObject({
  /** Who was authenticated. */
  principal: z.strictObject({
    id: Name,
    kind: Principal.shape.kind,
    roles: z.array(Name).max(MOST_ROLES),
  }),
  /** Whose data it is about; null where there is one tenant only. */
  tenant: Name.nullable().default(null),
  /** The threads that the session may touch. None unless told; more can be bound later. */
  threads: z.array(Name).max(MOST_THREADS).default([]),
  /** How long it lives; never longer than the settings say. */
  absoluteMs: Milliseconds.optional(),
  /** How long it lives without being used. */
  idleMs: Milliseconds.optional(),
});
export type NewSession = Readonly<z.input<typeof NewSession>>;

/** What changes with a rotation; what is not named stays. */
export const SessionChange = z.strictObject({
  roles: z.array(Name).max(MOST_ROLES).optional(),
  threads: z.array(Name).max(MOST_THREADS).optional(),
});
export type SessionChange = Readonly<z.input<typeof SessionChange>>;

/** A caller's window in time. Instants are ISO-8601 UTC. */
export interface Session {
  /** Names the session in lists and in {@link Sessions.revoke}; it opens nothing. */
  readonly id: string;
  /** `authenticated`, with `session` as its source. */
  readonly principal: Readonly<Principal>;
  readonly tenant: string | null;
  readonly threads: readonly string[];
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly idleMs: number;
}

/** The part of a session that does not change with its use, as it is sealed and stored. */
export const SessionBody = z.strictObject({
  principal: NewSession.shape.principal,
  tenant: Name.nullable(),
  threads: z.array(Name).max(MOST_THREADS),
});
export type SessionBody = z.infer<typeof SessionBody>;

/** Parses what came from a caller. @throws {@link InvalidSessionError} that names the places, never the values. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, code }) => `${path.join('.') || '$'} (${code})`,
  );
  throw new InvalidSessionError(problems.join(', '));
}

/** Gives what all sessions of one principal of one tenant share: printable, whatever they are called. */
export function ownerOf(principal: string, tenant: string | null): string {
  return `${tenant === null ? '-' : `=${encodeURIComponent(tenant)}`}/${encodeURIComponent(principal)}`;
}

/** Tells whether a session may touch a thread: only those bound to it, so none at first. */
export function mayUseThread(session: Session, thread: string): boolean {
  return session.threads.includes(thread);
}
