import type { z } from 'zod';

import type { OutputProblemKind } from '../errors.ts';
import type { ModelOutput } from './completion.ts';

/** What an answer has to fit. */
export interface AnswerContract<Value> {
  readonly schema: z.ZodType<Value>;
  /** Whether the answer sits in a member `value`. */
  readonly wrapped: boolean;
  /** Whether it should come as a tool call. */
  readonly toolExpected: boolean;
}

/** One thing that is wrong with an answer, for the model that gave it. */
export interface AnswerProblem {
  readonly kind: OutputProblemKind;
  /** What was answered; empty when it is of no use for mending. */
  readonly text: string;
  /** `path: message`, at least one. */
  readonly issues: readonly string[];
}

export type AnswerReading<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: AnswerProblem };

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const MAX_NULL_ROUNDS = 8;
/** Reasoning models of one's own leave their thoughts in the text. */
const END_OF_THOUGHT = '</think>';

/** Reads what the model said as a value of the schema, or says what is wrong with it. */
export async function readAnswer<Value>(
  output: Exclude<ModelOutput, { kind: 'refused' }>,
  contract: AnswerContract<Value>,
): Promise<AnswerReading<Value>> {
  const { kind, text } = output;
  if (kind === 'truncated') {
    return problem('truncated', '', [
      'The answer was cut off before its end. Answer again, more briefly.',
    ]);
  }
  if (text.trim() === '') return problem('empty', '', ['The answer was empty.']);
  const data = parseJson(text);
  if (data === undefined) {
    return contract.toolExpected && kind === 'text'
      ? problem('no-tool-call', text, ['The answer was text. Call the tool.'])
      : problem('malformed-json', text, [
          'The answer is not one JSON value, without text around it.',
        ]);
  }
  const result = await parseWithoutNulls(unwrap(data.value, contract.wrapped), contract.schema);
  if (result.success) return { kind: 'value', value: result.data };
  return problem(
    'wrong-shape',
    text,
    result.error.issues.flatMap((issue) => explain(issue, [])),
  );
}

function problem(
  kind: OutputProblemKind,
  text: string,
  issues: readonly string[],
): AnswerReading<never> {
  return { kind: 'problem', problem: { kind, text, issues } };
}

/** Models put JSON into fences, or a sentence before it; taking it out saves a repair. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  const thought = text.lastIndexOf(END_OF_THOUGHT);
  const said = (thought < 0 ? text : text.slice(thought + END_OF_THOUGHT.length)).trim();
  const start = said.search(/[[{]/);
  const end = Math.max(said.lastIndexOf('}'), said.lastIndexOf(']'));
  for (const candidate of [said, start < 0 ? '' : said.slice(start, end + 1)]) {
    try {
      return { value: JSON.parse(candidate) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

function unwrap(value: unknown, wrapped: boolean): unknown {
  if (!wrapped || typeof value !== 'object' || value === null || !('value' in value)) return value;
  return value.value;
}

/**
 * Parses `data`, taking null for absent wherever the schema refuses null: strict decoding makes a model write every
 * member, and null is how it leaves an optional one out.
 */
async function parseWithoutNulls<Value>(
  data: unknown,
  schema: z.ZodType<Value>,
): Promise<z.ZodSafeParseResult<Value>> {
  let result = await schema.safeParseAsync(data);
  for (let round = 0; round < MAX_NULL_ROUNDS && !result.success; round += 1) {
    const dropped = result.error.issues
      .flatMap((issue) => pathsOf(issue, []))
      .filter((path) => dropNull(data, path));
    if (dropped.length === 0) return result;
    // Each round depends on what the one before dropped.
    // oxlint-disable-next-line no-await-in-loop
    result = await schema.safeParseAsync(data);
  }
  return result;
}

/** The paths an issue is about, those inside the branches of a union included. */
function pathsOf(issue: Issue, base: Path): readonly Path[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union') return [path];
  return [path, ...issue.errors.flat().flatMap((inner) => pathsOf(inner, path))];
}

/** Removes the object member at `path` if it is null. `data` came from JSON.parse, so nobody else holds it. */
function dropNull(data: unknown, path: Path): boolean {
  const [key, ...rest] = path;
  if (key === undefined || typeof data !== 'object' || data === null) return false;
  const member: unknown = Reflect.get(data, key);
  if (rest.length > 0) return dropNull(member, rest);
  return (
    member === null &&
    !Array.isArray(data) &&
    Object.hasOwn(data, key) &&
    Reflect.deleteProperty(data, key)
  );
}

/** One line an issue; of a union, the branch that came closest. */
function explain(issue: Issue, base: Path): readonly string[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    const [closest] = issue.errors.toSorted((one, other) => one.length - other.length);
    if (closest !== undefined && closest.length > 0)
      return closest.flatMap((inner) => explain(inner, path));
  }
  return [`${path.length === 0 ? '(root)' : path.map(String).join('.')}: ${issue.message}`];
}
