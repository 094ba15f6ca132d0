import { z } from 'zod';

import { digestOf, frozenJson, isPhasegateError } from '../../kernel/index.ts';
import { defineCheck, fail, undetermined, type CheckResult } from '../check.ts';
import { InvalidExpressionError, InvalidRulePackError, type RulePackProblem } from '../errors.ts';
import { decideRule, rowsSentence } from './decide-rule.ts';
import { compileExpression, type Surroundings } from './expression/compile-expression.ts';
import { factsType } from './expression/types/facts-type.ts';
import { refuse, type Term } from './expression/term.ts';
import {
  describeType,
  isNumber,
  NO_UNIT,
  plainType,
  type ValueType,
} from './expression/types/value-type.ts';
import { compileTable, type DecisionTable } from './pack/compile-table.ts';
import { readJsonWithPlaces, type Place, type PlacePath } from './pack/json-places.ts';
import { Pack, type RuleText } from './pack/pack-schema.ts';
import { EVERYWHERE, transitionKey, type Rule, type RulePack } from './rule-pack.ts';

/** Changes with the meaning of expressions, so that a verdict of another meaning has another digest. */
const SEMANTICS = 1;

/** What a pack is loaded with. */
export interface RulePackOptions<Facts> {
  /** The file's name, for the places of mistakes. */
  readonly file: string;
  /** The facts that rules may read, as a schema of `{ input, artifacts, run }`; a pack without it brings its own. */
  readonly facts?: z.ZodType<Facts>;
}

/** The same, with the places of another format than JSON. */
export interface ReadRulePackOptions<Facts> extends RulePackOptions<Facts> {
  readonly place: Place;
}

/**
 * Loads a rule pack from JSON.
 *
 * @throws InvalidRulePackError with every mistake at its file, line and column: syntax, unknown keys, facts that are not
 * declared, types and units that do not fit, and whatever the rule language does not have.
 */
export function loadRulePack<Facts = object>(
  text: string,
  options: RulePackOptions<Facts>,
): RulePack<Facts> {
  const { value, place } = readJsonWithPlaces(text, options.file);
  return readRulePack(value, { ...options, place });
}

/**
 * Makes a rule pack of data that some loader has read.
 *
 * @throws InvalidRulePackError with every mistake, at the places that `place` gives.
 */
export function readRulePack<Facts = object>(
  value: unknown,
  options: ReadRulePackOptions<Facts>,
): RulePack<Facts> {
  const pack = parsePack(value, options);
  const problems: RulePackProblem[] = [];
  const collect = collector(problems, options.place);
  const declared = declaredFacts(pack, options, collect);
  // A schema reads inherited members too: what it is given is a plain copy.
  const reads = z.preprocess((given) => frozenJson(given), declared);
  const schema = z.toJSONSchema(declared, { io: 'output', unrepresentable: 'any' });
  const digest = digestOf({ semantics: SEMANTICS, pack, facts: JSON.stringify(schema) });
  const facts = factsType({ schema, units: new Map(Object.entries(pack.units)) });
  demandRecord(facts, pack, collect);
  const surroundings = surroundingsOf(pack, facts, collect);
  const rules = pack.rules.flatMap((text, index) => {
    const given = { pack, text, digest, reads };
    let rule: Rule<Facts> | undefined;
    collect(['rules', index, 'expression'], () => (rule = compileRule(given, surroundings)));
    return rule ?? [];
  });
  refuseTwice(pack, collect);
  if (problems.length > 0) throw new InvalidRulePackError(options.file, problems);
  return Object.freeze({
    id: pack.id,
    version: pack.version,
    digest,
    rules: Object.freeze(rules),
    thresholds: new Map(Object.entries(pack.thresholds)),
    byTransition: indexOf(pack.rules),
  });
}

/** Runs a part's compilation, and notes what it refuses at the part's place. */
type Collect = (path: PlacePath, compile: () => void) => void;

function collector(problems: RulePackProblem[], place: Place): Collect {
  return (path, compile) => {
    try {
      compile();
    } catch (error) {
      if (!(error instanceof InvalidExpressionError)) throw error;
      const { problem, at } = error;
      const message = `${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}.`;
      problems.push({ path: path.join('.'), message, ...place(path, { character: at }) });
    }
  };
}

function parsePack(
  value: unknown,
  { file, place }: Pick<ReadRulePackOptions<never>, 'file' | 'place'>,
): Pack {
  const parsed = Pack.safeParse(jsonOf(value, file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue): RulePackProblem[] => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code !== 'unrecognized_keys')
      return [{ path: path.join('.'), message: `${issue.message}.`, ...place(path) }];
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: 'There is no such key.',
      ...place([...path, key], { key: true }),
    }));
  });
  throw new InvalidRulePackError(file, problems);
}

function jsonOf(value: unknown, file: string): unknown {
  try {
    return frozenJson(value);
  } catch (error) {
    if (!isPhasegateError(error)) throw error;
    throw new InvalidRulePackError(file, [
      { path: '', message: error.message, line: 1, column: 1 },
    ]);
  }
}

function declaredFacts<Facts>(
  pack: Pack,
  { facts }: RulePackOptions<Facts>,
  collect: Collect,
): z.ZodType<Facts> {
  const isGivenTwice = facts !== undefined && pack.facts !== undefined;
  collect(['facts'], () => {
    if (isGivenTwice) refuse('the facts are declared by the program already', 0);
    if (facts === undefined && pack.facts === undefined) refuse('no facts are declared', 0);
  });
  if (facts !== undefined) return facts;
  // The subset that a pack may use is valid JSON Schema; what it declares is what `Facts` stands for here.
  const schema = (pack.facts ?? { type: 'object' }) as Parameters<typeof z.fromJSONSchema>[0];
  return z.fromJSONSchema(schema) as z.ZodType<Facts>;
}

function demandRecord(facts: ValueType, { units }: Pack, collect: Collect): void {
  collect(['facts'], () => {
    if (facts.field === undefined) return refuse('facts are an object with declared fields', 0);
    for (const name of ['thresholds', 'tables'])
      if (facts.field(name) !== undefined) refuse(`the name "${name}" is taken`, 0);
  });
  for (const path of Object.keys(units)) {
    collect(['units', path], () => {
      const type = typeAtPath(facts, path);
      if (type === undefined || !isNumber(type)) refuse('no number is declared there', 0);
    });
  }
}

function typeAtPath(facts: ValueType, path: string): ValueType | undefined {
  let type: ValueType | undefined = facts;
  for (const step of path.replaceAll('[]', '.[]').split('.')) {
    type = step === '[]' || step === '*' ? type?.element?.() : type?.field?.(step);
  }
  return type;
}

function surroundingsOf(
  pack: Pack,
  facts: ValueType,
  collect: Collect,
): Surroundings & { readonly compiled: ReadonlyMap<string, DecisionTable> } {
  const thresholds = new Map(
    Object.entries(pack.thresholds).map(([name, threshold]) => [name, thresholdTerm(threshold)]),
  );
  const compiled = new Map<string, DecisionTable>();
  const around: Surroundings = { facts, thresholds, tables: new Map() };
  for (const [index, table] of pack.tables.entries()) {
    const found = compileTable(table, around, (path, compile) =>
      collect(['tables', index, ...path], compile),
    );
    if (found !== undefined) compiled.set(table.id, found);
  }
  const tables = new Map([...compiled].map(([id, { term }]) => [id, term]));
  return { facts, thresholds, tables, compiled };
}

function thresholdTerm({ value, unit }: Pack['thresholds'][string]): Term {
  const isWhole = Number.isSafeInteger(value);
  const type = plainType(isWhole ? 'int' : 'double', unit === 'count' ? NO_UNIT : unit);
  return { type, run: () => value, adaptable: isWhole };
}

interface GivenRule<Facts> {
  readonly pack: Pack;
  readonly text: RuleText;
  readonly digest: string;
  readonly reads: z.ZodType<Facts>;
}

function compileRule<Facts>(
  { pack, text, digest, reads }: GivenRule<Facts>,
  surroundings: ReturnType<typeof surroundingsOf>,
): Rule<Facts> {
  const expression = compileExpression(text.expression, surroundings);
  const { type, uses } = expression;
  if (type.kind !== 'bool' || type.nullable)
    refuse(`a rule is true or false, and this is ${describeType(type)}`, 0);
  const tables = uses.flatMap(
    (name) => surroundings.compiled.get(name.replace(/^tables\./, '')) ?? [],
  );
  const paths = [...new Set([...expression.paths, ...tables.flatMap((table) => table.paths)])];
  const judged = { expression, tables, paths };
  const check = defineCheck({
    id: `${pack.id}.${text.id}`,
    version: `${pack.version} ${digest}`,
    pack: digest,
    reads,
    message: text.message,
    remedy: text.remedy,
    evaluate: (facts) => judge(judged, facts, text),
  });
  return Object.freeze({ text, ...judged, check });
}

function judge(
  rule: Pick<Rule, 'expression' | 'tables' | 'paths'>,
  facts: unknown,
  { message }: RuleText,
): boolean | CheckResult {
  const { outcome, reason, paths, tables } = decideRule(rule, facts);
  if (outcome === 'pass') return true;
  if (outcome === 'undetermined')
    return undetermined({ message: `The rule cannot be decided: ${reason}.`, paths });
  return fail({ message: `${message}${rowsSentence(tables)}`, paths });
}

function refuseTwice({ rules, tables }: Pack, collect: Collect): void {
  for (const [group, entries] of Object.entries({ rules, tables })) {
    const seen = new Set<string>();
    for (const [index, { id }] of entries.entries()) {
      collect([group, index, 'id'], () => {
        if (seen.has(id)) refuse('another one has this id', 0);
        seen.add(id);
      });
    }
  }
}

function indexOf(rules: readonly RuleText[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const [position, { transitions }] of rules.entries()) {
    const keys = transitions === undefined ? [EVERYWHERE] : transitions.map(transitionKey);
    for (const key of new Set(keys)) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [position]);
      else known.push(position);
    }
  }
  return index;
}
