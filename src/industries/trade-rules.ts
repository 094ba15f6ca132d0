import { z } from 'zod';

import { canonicalJson, type JsonValue } from '../kernel/index.ts';
import { loadRulePack, type RulePack } from '../validation/rules/index.ts';
import decisionRules from './decision-rules.json' with { type: 'json' };

const Thresholds = z.record(
  z.string(),
  z.object({ value: z.number(), unit: z.string(), title: z.string().optional() }),
);
const Move = z.object({ from: z.string(), to: z.string() });
/** The rules that a person's decision in a phase is held against, by their names in `decision-rules.json`. */
const Decision = z.strictObject({
  phase: z.string(),
  to: z.array(z.string()).min(1),
  rules: z.array(z.enum(keysOf(decisionRules))).min(1),
  /** The path of the fact that says who asked. */
  requester: z.string().default(''),
  /** The phase of the decision before, which another person has to have made. */
  before: z.string().default(''),
});
const Pack = z.looseObject({
  id: z.string(),
  thresholds: Thresholds.default({}),
  rules: z.array(
    z.looseObject({
      id: z.string(),
      transitions: z.array(Move),
    }),
  ),
  decisions: z.array(Decision).default([]),
});

/** A trade's rules, under the thresholds of the pack or under others. */
export interface TradeRules {
  readonly id: string;
  /** JSON Schemas of the thresholds, each with the pack's figure as its default. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
  /** Ids of the rules that apply to a move. */
  readonly at: (from: string, to: string) => readonly string[];
  /** Of all rules, as the pack has them. */
  readonly ids: readonly string[];
  /** @throws VALIDATION_INVALID_RULE_PACK. */
  readonly load: (thresholds?: Readonly<Record<string, number>>) => RulePack;
}

/**
 * Reads a trade's rule pack. It is compiled when it is needed, once for each set of thresholds.
 *
 * @param file - Its name, for the places of mistakes.
 */
export function tradeRules<Facts>(
  file: string,
  { pack, facts }: { readonly pack: unknown; readonly facts: z.ZodType<Facts> },
): TradeRules {
  const { decisions, ...own } = Pack.parse(pack);
  const read = { ...own, rules: [...own.rules, ...decisions.flatMap(rulesOf)] };
  const loaded = new Map<string, RulePack>();
  const load = (changed: Readonly<Record<string, number>> = {}): RulePack => {
    const key = canonicalJson(changed);
    const known = loaded.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify({ ...read, thresholds: merged(read.thresholds, changed) }, null, 2);
    // What the rules read is parsed by the facts' own schema before a rule sees it.
    const made: RulePack = loadRulePack(text, { file, facts });
    loaded.set(key, made);
    return made;
  };
  return Object.freeze({
    id: read.id,
    parameters: Object.fromEntries(
      Object.entries(read.thresholds).map(([name, threshold]) => [name, schemaOf(threshold)]),
    ),
    at: (from: string, to: string) =>
      read.rules
        .filter(({ transitions }) =>
          transitions.some((move) => move.from === from && move.to === to),
        )
        .map(({ id }) => id),
    ids: read.rules.map(({ id }) => id),
    load,
  });
}

/** The rules of a decision: `approval-decided` and so on. */
function rulesOf({ phase, to, rules, requester, before }: z.infer<typeof Decision>) {
  const names: Readonly<Record<string, string>> = { phase, requester, before };
  const filled = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (place, name: string) => names[name] ?? place);
  const transitions = to.map((next) => ({ from: phase, to: next }));
  return rules.map((rule) => {
    const { expression, message, remedy, ...rest } = decisionRules[rule];
    const texts = { expression: filled(expression), message: filled(message), remedy };
    return { id: `${phase}-${rule}`, ...rest, ...texts, transitions };
  });
}

function keysOf<Key extends string>(rules: Readonly<Record<Key, unknown>>): readonly Key[] {
  // Object.keys gives up the keys' type; what is given is plain data.
  return Object.keys(rules) as Key[];
}

type Threshold = z.infer<typeof Thresholds>[string];

function merged(
  thresholds: Readonly<Record<string, Threshold>>,
  changed: Readonly<Record<string, number>>,
): Readonly<Record<string, Threshold>> {
  return Object.fromEntries(
    Object.entries(thresholds).map(([name, threshold]) => [
      name,
      { ...threshold, value: changed[name] ?? threshold.value },
    ]),
  );
}

/** Money and shares may have a fraction; days and counts are whole. */
function schemaOf({ value, unit, title = '' }: Threshold): Readonly<Record<string, JsonValue>> {
  const isWhole = ['count', 'days', 'hours', 'minutes'].includes(unit);
  return {
    type: isWhole ? 'integer' : 'number',
    minimum: 0,
    default: value,
    description: `${title} (${unit})`.trim(),
  };
}
