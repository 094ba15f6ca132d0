import { z } from 'zod';

import type { MissingVariable } from '../errors.ts';
import { formatPath, type Path, type Problem } from '../problem.ts';
import { expand, variablesIn, type Environment } from './expand.ts';
import type { Layers } from './layers.ts';
import { nearest } from './nearest.ts';

/** What a part of the configuration turned out to be. */
export interface Inspection<Value> {
  /** Undefined while there are problems or missing variables. */
  readonly value: Value | undefined;
  readonly problems: readonly Problem[];
  readonly missing: readonly MissingVariable[];
}

/** Where a part stands, and what fills its variables. */
export interface InspectionContext {
  readonly layers: Layers;
  readonly environment: Environment;
  /** The path of the part within the layers. */
  readonly base: Path;
}

/**
 * Fills in the variables of `part` and holds it against `schema`, collecting every problem instead of the first.
 * A variable without a value is reported in `missing` and hides what the schema says about its place.
 */
export function inspect<Value>(
  schema: z.ZodType<Value>,
  part: unknown,
  context: InspectionContext,
): Inspection<Value> {
  const expanded = expand(part, context.environment);
  const parsed = parseConverting(schema, expanded.value, expanded.filled);
  const problems = expanded.malformed.map((path) => malformedVariable(path, context));
  if (!parsed.success) {
    const telling = parsed.error.issues.filter(
      ({ path }) => !expanded.missing.some((gap) => startsWith(path, gap.path)),
    );
    problems.push(...telling.flatMap((issue) => problemsOf(issue, schema, { ...context, part })));
  }
  const missing = expanded.missing.map(({ path, variable }) => ({
    variable,
    place: context.layers.valueAt([...context.base, ...path]),
    path: formatPath([...context.base, ...path]),
  }));
  const sound = problems.length === 0 && missing.length === 0;
  return { value: sound && parsed.success ? parsed.data : undefined, problems, missing };
}

type Converted<Value> = z.ZodSafeParseResult<Value>;

/** Parses; where the schema wants a number or boolean and a variable supplied text, converts and parses again. */
function parseConverting<Value>(
  schema: z.ZodType<Value>,
  tree: unknown,
  filled: readonly Path[],
): Converted<Value> {
  const first = schema.safeParse(tree);
  if (first.success) return first;
  const copy: unknown = structuredClone(tree);
  let changed = false;
  for (const issue of first.error.issues) {
    if (issue.code !== 'invalid_type') continue;
    if (!filled.some((path) => formatPath(path) === formatPath(stepsOf(issue.path)))) continue;
    const converted = convert(valueAt(copy, stepsOf(issue.path)), issue.expected);
    if (converted === undefined) continue;
    setAt(copy, stepsOf(issue.path), converted);
    changed = true;
  }
  return changed ? schema.safeParse(copy) : first;
}

function convert(value: unknown, expected: string): number | boolean | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (expected === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  const numeric = /^[+-]?\d[\d_]*(\.\d+)?([eE][+-]?\d+)?$/.test(text);
  const wanted = expected === 'number' || expected === 'int';
  return numeric && wanted ? Number(text.replaceAll('_', '')) : undefined;
}

interface IssueContext extends InspectionContext {
  readonly part: unknown;
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, context: IssueContext): Problem[] {
  const inner = stepsOf(issue.path);
  const path = [...context.base, ...inner];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, inner);
    return issue.keys.map((key) => unknownKey([...path, key], known, context.layers));
  }
  const found = valueAt(context.part, inner);
  const place = context.layers.valueAt(path);
  const at = { path: formatPath(path), place };
  if (issue.code === 'invalid_key') {
    const message = `expected ${issue.issues[0]?.message ?? 'another name'}.`;
    return [{ ...at, kind: 'invalid-value', message, place: context.layers.keyAt(path) }];
  }
  if (found === undefined)
    return [{ ...at, kind: 'missing-key', message: `missing; expected ${expectation(issue)}.` }];
  if (issue.code === 'invalid_type') {
    return [
      {
        ...at,
        kind: 'wrong-type',
        message: `expected ${expectation(issue)}, found ${typeName(found)}.`,
      },
    ];
  }
  return [
    {
      ...at,
      kind: 'invalid-value',
      message: `expected ${expectation(issue)}${guess(issue, found)}${source(found)}`,
    },
  ];
}

/** Says where to look where the file holds no more than the name of a variable. */
function source(found: unknown): string {
  const variables = variablesIn(found);
  return variables.length === 0 ? '' : ` It is filled in from ${variables.join(' and ')}.`;
}

function unknownKey(path: Path, known: readonly string[], layers: Layers): Problem {
  const suggestion = nearest(String(path.at(-1)), known);
  const help =
    suggestion === undefined ? `known here: ${known.join(', ')}.` : `did you mean "${suggestion}"?`;
  return {
    kind: 'unknown-key',
    place: layers.keyAt(path),
    path: formatPath(path),
    message: `unknown key; ${help}`,
  };
}

function malformedVariable(path: Path, { base, layers }: InspectionContext): Problem {
  const whole = [...base, ...path];
  return {
    kind: 'invalid-variable',
    place: layers.valueAt(whole),
    path: formatPath(whole),
    message: 'expected ${NAME} or ${NAME:-default}; write $${ for a literal ${.',
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a string',
  boolean: 'true or false',
  object: 'a table',
  record: 'a table',
  array: 'an array',
};

/** Says what the schema wants, in words that never quote what it found. */
function expectation(issue: z.core.$ZodIssue): string {
  const { code } = issue;
  if (code === 'invalid_type') return TYPE_NAMES[issue.expected] ?? issue.expected;
  if (code === 'invalid_value')
    return issue.values.map((value) => `"${String(value)}"`).join(' or ');
  const isText = (code === 'too_small' || code === 'too_big') && issue.origin === 'string';
  if (code === 'too_small') return isText ? 'text that is not empty' : `at least ${issue.minimum}`;
  if (code === 'too_big') return `at most ${issue.maximum}${isText ? ' characters' : ''}`;
  return issue.message;
}

/** Ends the sentence, with the value that was probably meant if one is near. */
function guess(issue: z.core.$ZodIssue, found: unknown): string {
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return '.';
  const suggestion = nearest(found, issue.values.map(String));
  return suggestion === undefined ? '.' : `; did you mean "${suggestion}"?`;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'a table';
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`;
}

function knownKeys(schema: unknown, path: Path): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return knownKeys(schema.unwrap(), path);
  }
  const [step, ...rest] = path;
  if (schema instanceof z.ZodRecord) return knownKeys(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, unknown>> = schema.shape;
  return step === undefined ? Object.keys(shape) : knownKeys(shape[step], rest);
}

function stepsOf(path: readonly PropertyKey[]): Path {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function startsWith(path: readonly PropertyKey[], beginning: Path): boolean {
  return beginning.every((step, index) => path[index] === step);
}

function valueAt(tree: unknown, path: Path): unknown {
  let value = tree;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

function setAt(tree: unknown, path: Path, value: unknown): void {
  const parent = valueAt(tree, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent === 'object' && parent !== null && last !== undefined)
    Reflect.set(parent, last, value);
}
