import { z } from 'zod';

import type { JsonValue } from '../../kernel/index.ts';
import { isObject, propertiesOf, requiredOf } from './schema-shape.ts';

/**
 * The members that an object schema names, and of these those that they name: what is not named is left out before a plugin
 * sees it. The rest of the schema is for the executor, which holds every input against it.
 */
export function readsOf(schema: Readonly<Record<string, JsonValue>>): z.ZodType {
  const { items } = schema;
  if (schema['type'] === 'array' && isObject(items)) return z.array(readsOf(items));
  const properties = Object.entries(propertiesOf(schema));
  if (properties.length === 0) return z.json();
  const required = requiredOf(schema);
  const members = properties.map(([name, property]) => {
    const type = isObject(property) ? readsOf(property) : z.json();
    return [name, required.includes(name) ? type : type.optional()] as const;
  });
  return z.object(Object.fromEntries(members));
}
