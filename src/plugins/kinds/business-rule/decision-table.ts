import { z } from 'zod';

import type { JsonValue } from '../../../kernel/index.ts';
import { isObject } from '../schema-shape.ts';

const Plain = z.union([z.string(), z.number(), z.boolean()]);

/** What a cell asks of a fact: one of some values, or a number within bounds. */
const Condition = z.union([
  z.strictObject({ in: z.array(Plain).min(1) }),
  z
    .strictObject({
      min: z.number().optional(),
      above: z.number().optional(),
      max: z.number().optional(),
      below: z.number().optional(),
    })
    .refine((bounds) => Object.keys(bounds).length > 0, 'a bound'),
]);
type Condition = z.infer<typeof Condition>;

/** A decision table: rules as rows of data. Amounts are whole numbers of the smallest unit. */
export const DecisionTable = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  /** `unique`: exactly one row may fit; `first`: the first one counts; `collect`: all that fit, in order. */
  hit: z.enum(['unique', 'first', 'collect']),
  /** Facts by dotted path, such as `order.total`. A row asks nothing of those that it does not name. */
  inputs: z.array(z.strictObject({ path: z.string().min(1), title: z.string().min(1) })).min(1),
  rows: z
    .array(
      z.strictObject({
        when: z.record(z.string(), Condition),
        give: z.record(z.string(), z.json()),
        because: z.string().min(1),
      }),
    )
    .min(1),
});
export type DecisionTable = z.infer<typeof DecisionTable>;

/** What a table says to some facts. Rows are counted from 1. */
export const TableDecision = z.strictObject({
  table: z.string(),
  outcome: z.enum(['decided', 'undecided']),
  /** What the rows give; empty when nothing was decided. */
  give: z.array(z.record(z.string(), z.json())),
  rows: z.array(z.int().positive()),
  because: z.array(z.string()),
  /** Why there is no decision; empty otherwise. */
  reason: z.string(),
  /** Paths of facts that are not there or not of their kind. */
  missing: z.array(z.string()),
});
export type TableDecision = z.infer<typeof TableDecision>;

/** How each row stands to some facts. */
export const RowTrace = z.strictObject({
  row: z.int().positive(),
  fits: z.boolean(),
  because: z.string(),
  conditions: z.array(z.strictObject({ path: z.string(), asks: z.string(), holds: z.boolean() })),
});
export type RowTrace = z.infer<typeof RowTrace>;

/**
 * Decides by a table. A fact that is missing, or no row that fits, decides nothing: it is for a person then.
 *
 * @see OMG Decision Model and Notation 1.4, section 8.2.10 (hit policies)
 */
export function decideByTable(table: DecisionTable, facts: JsonValue): TableDecision {
  const missing = table.inputs.map(({ path }) => path).filter((path) => !isPlain(at(facts, path)));
  if (missing.length > 0) return undecided(table, 'facts are missing', missing);
  const fitting = traceTable(table, facts).filter(({ fits }) => fits);
  if (fitting.length === 0) return undecided(table, 'no row fits', []);
  if (table.hit === 'unique' && fitting.length > 1)
    return undecided(table, 'several rows of a unique table fit', []);
  const taken = table.hit === 'collect' ? fitting : fitting.slice(0, 1);
  return {
    table: table.id,
    outcome: 'decided',
    give: taken.map(({ row }) => table.rows[row - 1]?.give ?? {}),
    rows: taken.map(({ row }) => row),
    because: taken.map(({ because }) => because),
    reason: '',
    missing: [],
  };
}

/** Says of every row and every condition whether it holds. */
export function traceTable({ rows }: DecisionTable, facts: JsonValue): readonly RowTrace[] {
  return rows.map(({ when, because }, index) => {
    const conditions = Object.entries(when).map(([path, condition]) => ({
      path,
      asks: wordsOf(condition),
      holds: holds(condition, at(facts, path)),
    }));
    const fits = conditions.every((condition) => condition.holds);
    return { row: index + 1, fits, because, conditions };
  });
}

/** Gives what is wrong with a table that its schema cannot say: conditions on facts that it does not declare. */
export function tableProblems({ id, inputs, rows }: DecisionTable): readonly string[] {
  const known = inputs.map(({ path }) => path);
  return rows.flatMap(({ when }, index) =>
    Object.keys(when)
      .filter((path) => !known.includes(path))
      .map((path) => `row ${index + 1} of "${id}" asks for "${path}", which is no input`),
  );
}

function undecided(
  { id }: DecisionTable,
  reason: string,
  missing: readonly string[],
): TableDecision {
  const nothing = { give: [], rows: [], because: [] };
  return { table: id, outcome: 'undecided', ...nothing, reason, missing: [...missing] };
}

function holds(condition: Condition, value: JsonValue | undefined): boolean {
  if ('in' in condition) return condition.in.some((wanted) => wanted === value);
  if (typeof value !== 'number') return false;
  const { min, above, max, below } = condition;
  return (
    (min === undefined || value >= min) &&
    (above === undefined || value > above) &&
    (max === undefined || value <= max) &&
    (below === undefined || value < below)
  );
}

function wordsOf(condition: Condition): string {
  if ('in' in condition) return `one of ${condition.in.join(', ')}`;
  const words = { min: 'at least', above: 'above', max: 'at most', below: 'below' } as const;
  return (['min', 'above', 'max', 'below'] as const)
    .filter((bound) => condition[bound] !== undefined)
    .map((bound) => `${words[bound]} ${condition[bound]}`)
    .join(' and ');
}

function at(facts: JsonValue, path: string): JsonValue | undefined {
  let found: JsonValue | undefined = facts;
  for (const step of path.split('.'))
    found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}

function isPlain(value: JsonValue | undefined): boolean {
  return Plain.safeParse(value).success;
}
