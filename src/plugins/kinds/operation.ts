import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import type { JsonSchema, Operation } from '../contract/index.ts';

/** What an operation takes and gives, as zod says it. */
export interface OperationTypes {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Values that the input fits; the conformance suites use them. */
  readonly examples: readonly JsonValue[];
}

/** Describes an operation that changes nothing and answers alike when it is asked again. */
export function pureOperation(
  name: string,
  description: string,
  { input, output, examples }: OperationTypes,
): Operation {
  return {
    name,
    description,
    input: schemaFrom({ ...jsonSchema(input), examples }),
    output: jsonSchema(output),
    sideEffects: false,
    idempotent: true,
  };
}

/** Gives the JSON Schema of a zod type, without its own examples. */
export function jsonSchema(type: z.ZodType): JsonSchema {
  // What zod writes is JSON; its type also has room for schemas in code.
  return z.toJSONSchema(type, { io: 'input' }) as unknown as JsonSchema;
}

/** Gives JSON that was put together here the type of a manifest's schemas, which is not read-only inside. */
export function schemaFrom(schema: Readonly<Record<string, JsonValue>>): JsonSchema {
  return schema as JsonSchema;
}
