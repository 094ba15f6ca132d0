import { fail, pass, type CheckResult } from '../../../src/validation/index.ts';
import type { Email } from '../artifact.ts';

/** Something that a check found: in which email, and what kind of thing. Never what stands there. */
export interface Problem {
  readonly email: string;
  /** Such as `price in the subject`. */
  readonly kind: string;
  /** Path of the fact below `artifacts.generation`. */
  readonly path: string;
}

const MAX_NAMED = 12;

/** Passes without problems; else fails, naming each problem's email and kind once. */
export function judged(message: string, problems: readonly Problem[]): CheckResult {
  if (problems.length === 0) return pass();
  const named = [...new Set(problems.map(({ email, kind }) => `${email} (${kind})`))];
  const more = named.length > MAX_NAMED ? `, and ${named.length - MAX_NAMED} more` : '';
  return fail({
    message: `${message} ${named.slice(0, MAX_NAMED).join(', ')}${more}.`,
    paths: [...new Set(problems.map(({ path }) => `artifacts.generation.${path}`))].slice(0, 50),
  });
}

/** Asks `question` of every email and gathers the kinds of problem that it answers with, by field. */
export function problemsOf(
  emails: readonly Email[],
  question: (email: Email) => readonly (readonly [kind: string, field: keyof Email])[],
): readonly Problem[] {
  return emails.flatMap((email, index) =>
    question(email).map(([kind, field]) => ({
      email: email.id,
      kind,
      path: `emails.${index}.${field}`,
    })),
  );
}
