import { z } from 'zod';

import { InvalidRulePackError, type RulePackProblem } from '../../errors.ts';
import { readJsonWithPlaces, type Place } from '../pack/json-places.ts';
import { PolicyBinding } from './policy-schema.ts';

/** A rule pack with what binds it to gates. Its rules are typed where it is bound: by the facts of each workflow. */
export interface Policy {
  /** The file that it was read from, for the places of mistakes. */
  readonly file: string;
  readonly id: string;
  readonly version: string;
  readonly bindings: readonly PolicyBinding[];
  /** The pack itself, as data. */
  readonly pack: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

const Head = z.looseObject({
  id: z.string().min(1).max(100),
  version: z.string().min(1).max(100),
  bindings: z.array(z.unknown()).min(1),
});

/**
 * Reads a policy of data that a loader of some format gave: a rule pack with a list of `bindings`.
 *
 * @param options - The file's name, and where things stand in it.
 * @throws InvalidRulePackError for a policy without an id, a version or bindings, and for each binding with a key
 * that is missing, unknown or of another type, at its place.
 */
export function readPolicy(
  value: unknown,
  { file, place }: { readonly file: string; readonly place: Place },
): Policy {
  const head = Head.safeParse(value);
  if (!head.success) throw new InvalidRulePackError(file, problemsOf(head.error.issues, place));
  const { bindings: given, ...pack } = head.data;
  const problems: RulePackProblem[] = [];
  const bindings = given.flatMap((entry, index) => {
    const parsed = PolicyBinding.safeParse(entry);
    if (!parsed.success) {
      const under = parsed.error.issues.map((issue) => {
        return { ...issue, path: ['bindings', index, ...issue.path] };
      });
      problems.push(...problemsOf(under, place));
      return [];
    }
    const { rules, mode, revise } = parsed.data;
    const wrong = (key: string, message: string): void => {
      const path = ['bindings', index, key];
      problems.push({ path: path.join('.'), message, ...place(path) });
    };
    if (rules.includes('*') && rules.length > 1) wrong('rules', 'Expected "*" alone, or ids.');
    if (revise !== undefined && mode !== 'deny')
      wrong('revise', 'A failure that holds nothing leads nowhere: expected the mode "deny".');
    return [parsed.data];
  });
  if (problems.length > 0) throw new InvalidRulePackError(file, problems);
  const { id, version } = head.data;
  return Object.freeze({ file, id, version, bindings: Object.freeze(bindings), pack, place });
}

/** Reads a policy of JSON. @throws InvalidRulePackError, as {@link readPolicy} does, and for text that is no JSON. */
export function loadPolicy(text: string, file: string): Policy {
  const { value, place } = readJsonWithPlaces(text, file);
  return readPolicy(value, { file, place });
}

function problemsOf(issues: readonly z.core.$ZodIssue[], place: Place): RulePackProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    const named = (at: typeof path, message: string): RulePackProblem => {
      return { path: at.join('.'), message, ...place(at) };
    };
    if (issue.code !== 'unrecognized_keys') return [named(path, `${issue.message}.`)];
    return issue.keys.map((key) => named([...path, key], 'There is no such key.'));
  });
}
