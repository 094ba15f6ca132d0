/** Where something was written: a spot in a file (line and column count from 1), or a named source. */
export type Place =
  | { readonly file: string; readonly line: number; readonly column: number }
  | { readonly source: string };

/** What is wrong with a configuration. */
export type ProblemKind =
  | 'syntax'
  | 'duplicate-key'
  | 'encoding'
  | 'unknown-file'
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-type'
  | 'invalid-value'
  | 'unknown-reference'
  | 'invalid-variable'
  | 'missing-variable';

/** One mistake. Neither text holds a configured value, because a value may be a secret. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly place: Place;
  /** Dotted path of the key concerned; empty for a mistake in the text of a file. */
  readonly path: string;
  readonly message: string;
}

/** Steps from the root to a value: keys of tables, indices of arrays. */
export type Path = readonly (string | number)[];

/** Gives `file:line:column`, or the name of the source. */
export function formatPlace(place: Place): string {
  return 'source' in place ? place.source : `${place.file}:${place.line}:${place.column}`;
}

/** Gives one line: `config/llm.toml:3:1 models.fast.provder: ...`. */
export function formatProblem({ place, path, message }: Problem): string {
  return `${formatPlace(place)} ${path === '' ? '' : `${path}: `}${message}`;
}

/** Gives a path as TOML writes it: `models."a b".price`. */
export function formatPath(path: Path): string {
  return path
    .map((step) => (/^[\w-]+$/.test(String(step)) ? String(step) : JSON.stringify(step)))
    .join('.');
}
