import { UnknownRuleError } from '../errors.ts';
import { decideRule, type RuleDecision } from './decide-rule.ts';
import type { Rule, RulePack, Threshold } from './rule-pack.ts';

/** What a rule asks, of what, and what to do where it fails. */
export interface RuleExplanation {
  readonly pack: { readonly id: string; readonly version: string; readonly digest: string };
  readonly id: string;
  readonly expression: string;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly message: string;
  readonly remedy: string;
  /** Facts that have to be there. */
  readonly paths: readonly string[];
  /** Facts that may be missing, since the rule asks for them with `has()`. */
  readonly optionalPaths: readonly string[];
  readonly thresholds: readonly (Threshold & { readonly name: string })[];
  readonly tables: readonly {
    readonly id: string;
    readonly hit: 'unique' | 'first' | 'collect';
    readonly rows: number;
    readonly paths: readonly string[];
  }[];
}

/**
 * Explains a rule without any facts.
 *
 * @throws UnknownRuleError if the pack has no such rule.
 */
export function explain(pack: RulePack, ruleId: string): RuleExplanation {
  const { text, expression, tables, paths } = ruleOf(pack, ruleId);
  const { id, severity, message, remedy } = text;
  return Object.freeze({
    pack: { id: pack.id, version: pack.version, digest: pack.digest },
    id,
    expression: text.expression,
    severity,
    message,
    remedy,
    paths,
    optionalPaths: expression.optionalPaths,
    thresholds: [...pack.thresholds]
      .filter(([name]) => expression.uses.includes(`thresholds.${name}`))
      .map(([name, threshold]) => ({ name, ...threshold })),
    tables: tables.map(({ id: table, hit, size, paths: read }) => ({
      id: table,
      hit,
      rows: size,
      paths: read,
    })),
  });
}

/**
 * Judges facts by one rule and says what the answer rests on: rows of tables and paths of facts, never values.
 *
 * @param facts - What the schema of the facts gave; a gate parses them before its checks see them.
 * @throws UnknownRuleError if the pack has no such rule.
 */
export function explainDecision(pack: RulePack, ruleId: string, facts: unknown): RuleDecision {
  return decideRule(ruleOf(pack, ruleId), facts);
}

function ruleOf(pack: RulePack, ruleId: string): Rule {
  const found = pack.rules.find(({ text }) => text.id === ruleId);
  if (found === undefined) throw new UnknownRuleError(pack.id, ruleId);
  return found;
}
