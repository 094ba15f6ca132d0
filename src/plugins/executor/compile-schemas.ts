import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { RE2JS } from 're2js';

import type { JsonValue } from '../../kernel/index.ts';
import type { JsonSchema, Manifest } from '../contract/index.ts';
import { InvalidManifestError, SchemaMismatchError } from '../errors/index.ts';

/** Holds values against the schemas of one operation. */
export interface OperationSchemas {
  /** @throws {@link SchemaMismatchError} with paths, without values. */
  demandInput(input: JsonValue): void;
  /** @throws {@link SchemaMismatchError}. */
  demandOutput(output: JsonValue): void;
}

// The package's types are those of its CommonJS form: the ES module's default export is the function itself.
const addFormats = ajvFormats as unknown as (ajv: Ajv2020) => void;

/**
 * Compiles the JSON Schemas (draft 2020-12) of every operation. Patterns run on RE2, in linear time; references leave the schema
 * nowhere; unknown keywords are errors.
 *
 * @throws {@link InvalidManifestError} for a schema that is none.
 */
export function compileSchemas(manifest: Manifest): ReadonlyMap<string, OperationSchemas> {
  const { id, contributes } = manifest;
  return new Map(
    contributes.operations.map(({ name, input, output }, index) => {
      const base = `contributes.operations.${index}`;
      const takes = compile(input, `${id} ${base}.input`);
      const gives = compile(output, `${id} ${base}.output`);
      return [
        name,
        {
          demandInput: (value) =>
            demand(takes, value, { plugin: id, operation: name, side: 'input' }),
          demandOutput: (value) =>
            demand(gives, value, { plugin: id, operation: name, side: 'output' }),
        },
      ] as const;
    }),
  );
}

/**
 * Compiles one schema, such as that of a plugin's settings.
 *
 * @param operation - What errors name; `initialize` unless told.
 * @throws {@link InvalidManifestError}.
 */
export function compileSchema(
  schema: JsonSchema,
  plugin: string,
  operation = 'initialize',
): (value: JsonValue) => void {
  const validate = compiledBefore(schema, plugin);
  return (value) => demand(validate, value, { plugin, operation, side: 'input' });
}

/** Schemas that are used again and again, by their text: to compile one takes a thousand times as long as to use it. */
const known = new Map<string, ValidateFunction>();
const MAX_KNOWN = 256;

function compiledBefore(schema: JsonSchema, place: string): ValidateFunction {
  const text = JSON.stringify(schema);
  const before = known.get(text);
  if (before !== undefined) return before;
  const validate = compile(schema, place);
  const [oldest] = known.keys();
  if (known.size >= MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(text, validate);
  return validate;
}

function compile(schema: JsonSchema, place: string): ValidateFunction {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    strictTuples: false,
    allErrors: false,
    ownProperties: true,
    code: { regExp: linear },
  });
  addFormats(ajv);
  try {
    // Both drafts are welcome; what differs between them is not in use here.
    const { $schema: _draft, ...rest } = schema;
    return ajv.compile(rest);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'It is no JSON Schema.';
    throw new InvalidManifestError(place, [{ path: '', message }]);
  }
}

/** Regular expressions without backtracking: a pattern of a plugin cannot be made to hang its host. */
const linear = Object.assign(
  (pattern: string, _flags: string) => {
    const compiled = RE2JS.compile(pattern);
    return {
      test: (text: string): boolean => compiled.matcher(text).find(),
      // The validator knows patterns again by their text: without it all of them would be the first one.
      toString: (): string => `/${pattern}/`,
    };
  },
  { code: 'new RegExp' },
);

interface Place {
  readonly plugin: string;
  readonly operation: string;
  readonly side: 'input' | 'output';
}

function demand(validate: ValidateFunction, value: JsonValue, place: Place): void {
  if (validate(value)) return;
  const [first] = validate.errors ?? [];
  // The schema's own word for what is missing; a key of the value's is not repeated.
  const missing: unknown = first?.params['missingProperty'];
  const key = typeof missing === 'string' ? `.${missing}` : '';
  const where = `${place.side}${first?.instancePath.replaceAll('/', '.') ?? ''}${key}`;
  throw new SchemaMismatchError(place, where, first?.keyword ?? 'schema');
}
