import {
  compileExpression,
  type CompiledExpression,
  type Surroundings,
} from '../expression/compile-expression.ts';
import { refuse, undecided, type Term } from '../expression/term.ts';
import {
  describeType,
  isNumber,
  isScalar,
  listType,
  NO_UNIT,
  plainType,
  type ValueType,
} from '../expression/types/value-type.ts';
import type { Cell, Table } from './pack-schema.ts';

/** What a table answers on some facts. */
export interface TableDecision {
  /** The rows that fit, counted from 1; of `first` only the first. */
  readonly rows: readonly number[];
  readonly output: unknown;
}

/** A decision table, compiled. */
export interface DecisionTable {
  readonly id: string;
  readonly hit: Table['hit'];
  readonly inputs: readonly CompiledExpression[];
  /** Paths of the facts that its inputs need. */
  readonly paths: readonly string[];
  /** The number of its rows. */
  readonly size: number;
  /** @throws {@link UndecidedRuleError} unless all of `paths` are there. */
  readonly demand: (facts: unknown) => void;
  /** @throws {@link UndecidedRuleError} where no row fits, or several of a unique table do. */
  readonly decide: (facts: unknown) => TableDecision;
  /** As a rule sees it: `tables.id`. */
  readonly term: Term;
}

type Test = (value: unknown) => boolean;

/** Refuses something of the table; the path says which part. */
export type RefusePart = (path: readonly (string | number)[], compile: () => void) => void;

interface Row {
  readonly tests: readonly Test[];
  readonly output: unknown;
}

/**
 * Compiles a table.
 *
 * @param within - Runs a part's compilation and notes its mistakes at their place.
 * @returns undefined where a part was refused.
 */
export function compileTable(
  table: Table,
  surroundings: Surroundings,
  within: RefusePart,
): DecisionTable | undefined {
  const inputs = compileInputs(table, surroundings, within);
  if (inputs.length < table.inputs.length) return undefined;
  const rows = compileRows(table, inputs, within);
  if (rows.length < table.rows.length) return undefined;
  const decide = decider(table, inputs, rows);
  const { type, unit = NO_UNIT } = table.output;
  const output = plainType(type, unit === 'count' ? NO_UNIT : unit);
  const term: Term = {
    type: table.hit === 'collect' ? listType(output) : output,
    run: (facts) => decide(facts).output,
  };
  return Object.freeze({
    id: table.id,
    hit: table.hit,
    inputs,
    paths: [...new Set(inputs.flatMap(({ paths }) => paths))],
    size: rows.length,
    demand: (facts: unknown): void => {
      for (const input of inputs) input.demand(facts);
    },
    decide,
    term,
  });
}

function compileInputs(
  table: Table,
  surroundings: Surroundings,
  within: RefusePart,
): readonly CompiledExpression[] {
  const inputs: CompiledExpression[] = [];
  for (const [index, { expression, unit = NO_UNIT }] of table.inputs.entries()) {
    within(['inputs', index, 'expression'], () => {
      const input = compileExpression(expression, surroundings);
      const { type } = input;
      if (!isScalar(type)) refuse(`${describeType(type)} cannot be an input`, 0);
      const declared = unit === 'count' ? NO_UNIT : unit;
      if (isNumber(type) && type.unit !== declared)
        refuse(`the input is ${describeType(type)}, and its column says another unit`, 0);
      inputs.push(input);
    });
  }
  return inputs;
}

function compileRows(
  table: Table,
  inputs: readonly CompiledExpression[],
  within: RefusePart,
): readonly Row[] {
  const rows: Row[] = [];
  for (const [index, { when, output }] of table.rows.entries()) {
    within(['rows', index], () => {
      if (when.length !== inputs.length) refuse(`a row has ${inputs.length} inputs`, 0);
      if (!isOfType(output, table.output.type)) refuse(`its output is no ${table.output.type}`, 0);
      const tests = inputs.map(({ type }, column) => testOf(when[column] ?? '-', type));
      rows.push({ tests, output });
    });
  }
  return rows;
}

function testOf(cell: Cell, type: ValueType): Test {
  if (cell === '-') return () => true;
  if (Array.isArray(cell)) {
    for (const value of cell) demandType(value, type);
    return (value) => cell.some((one) => one === value);
  }
  if (typeof cell !== 'object') return equals(cell, type);
  if ('is' in cell) return equals(cell.is, type);
  if (!isNumber(type)) return refuse(`${describeType(type)} has no bounds`, 0);
  const {
    min = Number.NEGATIVE_INFINITY,
    above = Number.NEGATIVE_INFINITY,
    below = Number.POSITIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
  } = cell;
  return (value) =>
    typeof value === 'number' && value >= min && value > above && value < below && value <= max;
}

function equals(wanted: unknown, type: ValueType): Test {
  demandType(wanted, type);
  return (value) => value === wanted;
}

function demandType(value: unknown, { kind }: ValueType): void {
  if (!isOfType(value, kind)) refuse(`a cell is no ${kind}`, 0);
}

function isOfType(value: unknown, kind: string): boolean {
  switch (kind) {
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
      return Number.isSafeInteger(value);
    case 'double':
      return Number.isFinite(value);
    default:
      return typeof value === 'string';
  }
}

function decider(
  { id, hit }: Table,
  inputs: readonly CompiledExpression[],
  rows: readonly Row[],
): DecisionTable['decide'] {
  const place = { text: `tables.${id}` };
  return (facts) => {
    const values = inputs.map(({ evaluate, paths: [path] }) => {
      const value = evaluate(facts);
      return value === null
        ? undecided('a fact is null', path === undefined ? place : { text: path })
        : value;
    });
    const fitting: number[] = [];
    const outputs: unknown[] = [];
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index];
      if (row === undefined || !row.tests.every((test, column) => test(values[column]))) continue;
      fitting.push(index + 1);
      outputs.push(row.output);
      if (hit === 'first') break;
    }
    if (hit === 'collect') return { rows: fitting, output: outputs };
    if (fitting.length === 0) undecided('no row of the table fits', place);
    if (fitting.length > 1) undecided('several rows of a unique table fit', place);
    return { rows: fitting, output: outputs[0] };
  };
}
