import { isTable } from './layers.ts';
import type { Path } from '../problem.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A tree whose `${VARIABLES}` are filled in. */
export interface Expanded {
  readonly value: unknown;
  /** Paths of the strings that held a variable; what the schema wants as a number may be converted there. */
  readonly filled: readonly Path[];
  /** Variables without a value. The string at the path is then left out of the tree's meaning. */
  readonly missing: readonly { readonly path: Path; readonly variable: string }[];
  /** Paths of strings whose `${` begins no variable. */
  readonly malformed: readonly Path[];
}

/**
 * `$${` is a literal `${`; then come `${NAME}` and `${NAME:-default}`. The default ends at the first `}` and is
 * plain text. A variable that is set to nothing counts as not set, as `:-` has it in a shell.
 */
const REFERENCE = /\$\$\{|\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}|\$\{/g;

/** Names the variables that a string is filled in from. */
export function variablesIn(source: unknown): readonly string[] {
  if (typeof source !== 'string') return [];
  return [...source.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []);
}

/**
 * Fills in the variables of every string in `tree`. What a variable holds is text and is never read again, so it
 * can bring in neither TOML nor further variables.
 */
export function expand(tree: unknown, environment: Environment): Expanded {
  const filled: Path[] = [];
  const missing: { path: Path; variable: string }[] = [];
  const malformed: Path[] = [];
  const text = (source: string, path: Path): string => {
    let references = 0;
    const result = source.replaceAll(REFERENCE, (found, name?: string, fallback?: string) => {
      if (found === '$${') return '${';
      references += 1;
      if (name === undefined) malformed.push(path);
      if (name === undefined) return found;
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (value !== undefined && value !== '') return value;
      if (fallback === undefined) missing.push({ path, variable: name });
      return fallback ?? '';
    });
    if (references > 0) filled.push(path);
    return result;
  };
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return text(value, path);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (!isTable(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, [...path, key])]),
    );
  };
  return { value: walk(tree, []), filled, missing, malformed };
}
