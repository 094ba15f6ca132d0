import { InvalidEvidenceError } from '../errors.ts';
import { SuppliedSections } from './compliance-facts.ts';
import type { SuppliedFacts } from './merge-facts.ts';

/** What {@link inspectSuppliedFacts} found: the facts, or each place that is not of its shape. */
export type InspectedFacts =
  | { readonly facts: SuppliedFacts }
  | {
      readonly problems: readonly {
        readonly path: readonly (string | number)[];
        readonly message: string;
      }[];
    };

/** Looks at parts of the facts that come from outside, such as a configuration, for a reader that knows their places. */
export function inspectSuppliedFacts(value: unknown): InspectedFacts {
  const parsed = SuppliedSections.safeParse(value);
  // What is read has the parts that are there and no others, which its type cannot say.
  if (parsed.success) return { facts: parsed.data as SuppliedFacts };
  const problems = parsed.error.issues.map((issue) => {
    const [key] = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const path = key === undefined ? issue.path : [...issue.path, key];
    return {
      path: path.map((step) => (typeof step === 'symbol' ? '' : step)),
      message: issue.message,
    };
  });
  return { problems };
}

/**
 * Reads parts of the facts that come from outside, such as a configuration.
 *
 * @throws {@link InvalidEvidenceError} naming the places that are not of their shape.
 */
export function readSuppliedFacts(value: unknown): SuppliedFacts {
  const read = inspectSuppliedFacts(value);
  if ('facts' in read) return read.facts;
  const problems = read.problems.map(
    ({ path, message }) => `${path.join('.') || 'the top'}: ${message}`,
  );
  throw new InvalidEvidenceError('facts', problems);
}
