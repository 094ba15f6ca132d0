import { UndecidedRuleError } from '../errors.ts';
import { startWork } from './expression/work.ts';
import type { Rule } from './rule-pack.ts';

/** Which rows of a table an answer rests on. */
export interface TableTrace {
  readonly table: string;
  /** Counted from 1. */
  readonly rows: readonly number[];
  /** Paths of the facts that chose them. */
  readonly paths: readonly string[];
}

/** A rule's answer on some facts. */
export interface RuleDecision {
  readonly outcome: 'pass' | 'fail' | 'undetermined';
  /** Why there is no answer; empty otherwise. */
  readonly reason: string;
  /** Paths of the facts concerned: of all that were read, or of those that are missing. Never values. */
  readonly paths: readonly string[];
  readonly tables: readonly TableTrace[];
}

/** Judges facts by a rule. Only `true` passes. */
export function decideRule(
  rule: Pick<Rule, 'expression' | 'tables' | 'paths'>,
  facts: unknown,
): RuleDecision {
  const { expression, tables, paths } = rule;
  startWork();
  try {
    for (const table of tables) table.demand(facts);
    const isTrue = expression.evaluate(facts) === true;
    const traces = tables.map((table) => ({
      table: table.id,
      rows: table.decide(facts).rows,
      paths: table.paths,
    }));
    return { outcome: isTrue ? 'pass' : 'fail', reason: '', paths, tables: traces };
  } catch (error) {
    // What is not our own answer to these facts is an error of the check, which denies as well.
    if (!(error instanceof UndecidedRuleError)) throw error;
    const { reason } = error;
    return { outcome: 'undetermined', reason, paths: error.paths, tables: [] };
  }
}

/** The sentence that names the rows, for the verdict. */
export function rowsSentence(tables: readonly TableTrace[]): string {
  return tables
    .map(({ table, rows }) => {
      const named = rows.length === 1 ? `row ${rows[0]}` : `rows ${rows.join(', ') || 'none'}`;
      return ` Decided by ${named} of the table "${table}".`;
    })
    .join('');
}
