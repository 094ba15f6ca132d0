import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';

/** How an edited value fits the schema of what was shown. */
export type EditCheck =
  | { readonly fits: true; readonly value: JsonValue }
  | { readonly fits: false; readonly problems: readonly string[] };

const SHOWN_PROBLEMS = 8;

/**
 * Holds an edited value against the JSON Schema that came with what was shown. An edit that does not fit would count as a
 * rejection, so it is better caught before it is sent.
 */
export function checkEdit(value: JsonValue, schema: JsonValue): EditCheck {
  const checked = schemaOf(schema).safeParse(value);
  if (checked.success) return { fits: true, value };
  const problems = checked.error.issues
    .slice(0, SHOWN_PROBLEMS)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the whole'}: ${message}`);
  return { fits: false, problems };
}

function schemaOf(schema: JsonValue): z.ZodType {
  // What came with the interrupt was made by z.toJSONSchema; anything else is left to the phase to judge.
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return z.unknown();
  try {
    return z.fromJSONSchema({ ...schema });
  } catch {
    return z.unknown();
  }
}
