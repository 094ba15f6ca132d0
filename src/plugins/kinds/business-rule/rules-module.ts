import { z } from 'zod';

import { frozenJson, isPhasegateError, type JsonValue } from '../../../kernel/index.ts';
import {
  explain,
  explainDecision,
  loadRulePack,
  type Rule,
  type RulePack,
} from '../../../validation/rules/index.ts';
import type { PluginModule } from '../../contract/index.ts';
import type { RulesDecision, RulesExplanation } from './rules-answer.ts';

/** What a pack may take, so that one plugin does not keep its host from others. */
export const MAX_PACK_BYTES = 262_144;
const MAX_RULES = 200;

const Order = z.strictObject({ facts: z.json() });

/** Loads the rules of a plugin. @throws VALIDATION_INVALID_RULE_PACK, with `file:line:column`. */
export function loadRules(text: string, file: string): RulePack<object> {
  return loadRulePack<object>(text, { file });
}

/** Gives what is wrong with a pack besides its text. */
export function packProblems({ rules }: RulePack<object>): readonly string[] {
  return rules.length > MAX_RULES
    ? [`it has ${rules.length} rules, and ${MAX_RULES} are allowed`]
    : [];
}

/**
 * Makes the module of a pack: `decide` and `explain`. What judges is Phasegate's own engine; the pack is data.
 *
 * @param cpuMs - Between two rules the call is given up once they have taken longer.
 */
export function rulesModule(pack: RulePack<object>, cpuMs: number): PluginModule {
  return {
    execute: (operation, input) => {
      const spend = budget(cpuMs);
      const { facts } = Order.parse(input);
      const answer =
        operation === 'explain' ? explained(pack, facts, spend) : decided(pack, facts, spend);
      return frozenJson(answer);
    },
  };
}

function budget(cpuMs: number): () => void {
  const endsAt = performance.now() + cpuMs;
  return () => {
    // Plain on purpose: the runtime tells of it as of any failure of a plugin.
    if (performance.now() > endsAt) throw new RangeError(`The rules took over ${cpuMs} ms.`);
  };
}

function decided(pack: RulePack<object>, facts: JsonValue, spend: () => void): RulesDecision {
  const rules = pack.rules.map((rule) => {
    spend();
    const { text } = rule;
    const { outcome, reason, paths } = judged(pack, rule, facts);
    const fails = outcome === 'fail';
    return {
      rule: text.id,
      outcome,
      severity: text.severity,
      message: fails ? text.message : '',
      remedy: fails ? text.remedy : '',
      reason,
      paths: [...paths],
    };
  });
  const tables = tableAnswers(pack, facts, spend);
  const isOpen =
    rules.some(({ outcome }) => outcome === 'undetermined') ||
    tables.some(({ reason }) => reason !== '');
  return {
    outcome: isOpen ? 'undecided' : 'decided',
    pack: nameOf(pack),
    failed: rules.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule),
    rules,
    tables,
  };
}

function explained(pack: RulePack<object>, facts: JsonValue, spend: () => void): RulesExplanation {
  const { outcome } = decided(pack, facts, spend);
  const rules = pack.rules.map((rule) => {
    spend();
    const { id } = rule.text;
    const decision = judged(pack, rule, facts);
    const text = explain(pack, id);
    return {
      rule: id,
      outcome: decision.outcome,
      reason: decision.reason,
      expression: text.expression,
      message: text.message,
      remedy: text.remedy,
      paths: [...text.paths],
      optionalPaths: [...text.optionalPaths],
      thresholds: text.thresholds.map(({ name, value, unit }) => ({ name, value, unit })),
      tables: decision.tables.map(({ table, rows, paths }) => ({
        table,
        rows: [...rows],
        paths: [...paths],
      })),
    };
  });
  return { outcome, pack: nameOf(pack), rules };
}

type Judged = ReturnType<typeof explainDecision>;

/** Facts that are not of their shape decide nothing: they are not what the rules were written for. */
function judged(pack: RulePack<object>, { text, check }: Rule<object>, facts: JsonValue): Judged {
  const parsed = check.reads.safeParse(facts);
  if (parsed.success) return explainDecision(pack, text.id, parsed.data);
  const paths = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
  return { outcome: 'undetermined', reason: 'the facts are not of their shape', paths, tables: [] };
}

/** The tables that rules ask, with what they give. */
function tableAnswers(
  { rules }: RulePack<object>,
  facts: JsonValue,
  spend: () => void,
): RulesDecision['tables'] {
  const [first] = rules;
  const parsed = first?.check.reads.safeParse(facts);
  const tables = new Map(rules.flatMap((rule) => rule.tables.map((table) => [table.id, table])));
  return [...tables.values()].map((table) => {
    spend();
    const open = { table: table.id, rows: [], output: null };
    if (parsed?.success !== true) return { ...open, reason: 'the facts are not of their shape' };
    try {
      table.demand(parsed.data);
      const { rows, output } = table.decide(parsed.data);
      return { table: table.id, rows: [...rows], output: jsonOf(output), reason: '' };
    } catch (error) {
      // A table without an answer is an answer; anything else is a failure of the call.
      if (!isPhasegateError(error)) throw error;
      return { ...open, reason: String(error.details['reason'] ?? error.message) };
    }
  });
}

/** Outputs of tables are text, numbers, truth values, and lists of these. */
function jsonOf(output: unknown): RulesDecision['tables'][number]['output'] {
  return z.json().parse(output);
}

function nameOf({ id, version, digest }: RulePack<object>): RulesDecision['pack'] {
  return { id, version, digest };
}
