import { z } from 'zod';

const Text = z.string().trim().min(1).max(2_000);
const Id = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/, 'Expected dotted lower case');
const Name = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9_]*$/, 'Expected lower case letters, digits and underscores');

/** A currency by its ISO 4217 letters, a span, a share, or a bare count. */
export const Unit = z
  .string()
  .regex(/^([A-Z]{3}|days|hours|minutes|percent|count)$/, 'Expected a unit such as EUR or days');

const Scalar = z.union([z.string().max(1_000), z.number(), z.boolean()]);
const Bounds = z
  .strictObject({
    min: z.number().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    max: z.number().optional(),
  })
  .refine((bounds) => Object.keys(bounds).length > 0, 'Expected a bound');

/** What one input of a row has to be: a value, one of some values, a range, or `-` for anything. */
export const Cell = z.union([
  Scalar,
  z.array(Scalar).min(1).max(100),
  z.strictObject({ is: Scalar }),
  Bounds,
]);
export type Cell = z.infer<typeof Cell>;

/** A decision table, in DMN's words. */
export const Table = z.strictObject({
  id: Name,
  /** `unique`: exactly one row fits; `first`: the first that fits; `collect`: all that fit, as a list. */
  hit: z.enum(['unique', 'first', 'collect']),
  inputs: z
    .array(z.strictObject({ expression: z.string(), unit: Unit.optional() }))
    .min(1)
    .max(20),
  output: z.strictObject({
    type: z.enum(['bool', 'string', 'int', 'double']),
    unit: Unit.optional(),
  }),
  rows: z
    .array(z.strictObject({ when: z.array(Cell).min(1), output: Scalar }))
    .min(1)
    .max(1_000),
});
export type Table = z.infer<typeof Table>;

const Rule = z.strictObject({
  id: Id,
  expression: z.string(),
  message: Text,
  remedy: Text,
  severity: z.enum(['low', 'medium', 'high', 'critical']).default('high'),
  /** Where it applies; everywhere unless told. */
  transitions: z
    .array(z.strictObject({ from: z.string().min(1), to: z.string().min(1) }))
    .min(1)
    .optional(),
});
export type RuleText = z.infer<typeof Rule>;

const JsonType = z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** As much of JSON Schema as facts of a pack may use: no patterns, which would run as native regular expressions. */
const FactsSchema = z.strictObject({
  $schema: z.string().optional(),
  type: z.union([JsonType, z.array(JsonType).min(1)]),
  title: z.string().optional(),
  description: z.string().optional(),
  unit: Unit.optional(),
  enum: z.array(Scalar).min(1).optional(),
  const: Scalar.optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), FactsSchema).optional();
  },
  get items() {
    return FactsSchema.optional();
  },
  get additionalProperties() {
    return z.union([z.literal(false), FactsSchema]).optional();
  },
});

/** A rule pack as it is written. */
export const Pack = z.strictObject({
  id: Id,
  version: z.string().regex(/^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/, 'Expected a version such as 1.0.0'),
  title: Text.optional(),
  /** The shape of the facts, where the program that loads the pack does not give it. */
  facts: FactsSchema.optional(),
  /** Units of facts by path, such as `input.lines[].price`. */
  units: z.record(z.string(), Unit).default({}),
  thresholds: z
    .record(Name, z.strictObject({ value: z.number(), unit: Unit, title: Text.optional() }))
    .default({}),
  tables: z.array(Table).max(200).default([]),
  rules: z.array(Rule).min(1).max(5_000),
});
export type Pack = z.infer<typeof Pack>;
