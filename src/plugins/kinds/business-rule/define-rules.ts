import type { JsonValue } from '../../../kernel/index.ts';
import {
  definePlugin,
  type JsonSchema,
  type PluginDefinition,
  type PluginPackage,
} from '../../contract/index.ts';
import { jsonSchema, schemaFrom } from '../operation.ts';
import { isObject } from '../schema-shape.ts';
import { RulesDecision, RulesExplanation } from './rules-answer.ts';
import { loadRules, rulesModule } from './rules-module.ts';

/** What {@link defineRules} takes: a pack of rules, facts to try it with, and the manifest's keys that are its own. */
export interface RulesDefinition extends Pick<
  PluginDefinition['manifest'],
  'id' | 'version' | 'title' | 'description' | 'publisher' | 'engines' | 'industries' | 'standards'
> {
  /** A rule pack with its `facts`, as data (docs/rules.md). */
  readonly pack: Readonly<Record<string, JsonValue>>;
  /** Facts to show and try the rules with. */
  readonly examples: readonly JsonValue[];
}

const CPU_MS = 1000;

/**
 * Makes a plugin of a rule pack: `decide` says what the rules and tables say, `explain` what they rest on.
 *
 * @throws VALIDATION_INVALID_RULE_PACK with every mistake of the pack.
 */
export function defineRules({
  pack: given,
  examples,
  ...manifest
}: RulesDefinition): PluginPackage {
  const pack = loadRules(JSON.stringify(given), `${manifest.id}/rules.json`);
  const { execute } = rulesModule(pack, CPU_MS);
  return definePlugin({
    manifest: {
      ...manifest,
      kind: 'business-rule',
      // The digest of the code is that of the engine: what tells two packs apart is theirs.
      description: `${manifest.description ?? manifest.title} (rules ${pack.digest.slice(0, 16)})`,
      permissions: {},
      limits: { cpuMs: CPU_MS },
      contributes: { operations: ruleOperations(given['facts'] ?? {}, examples) },
    },
    execute,
  });
}

/** Gives the operations that a pack of rules has; a plugin in a folder says the same in its manifest. */
export function ruleOperations(
  facts: JsonValue,
  examples: readonly JsonValue[],
): PluginDefinition['manifest']['contributes']['operations'] {
  const input: JsonSchema = schemaFrom({
    type: 'object',
    properties: { facts: withoutUnits(facts) },
    required: ['facts'],
    additionalProperties: false,
    examples: examples.map((example) => ({ facts: example })),
  });
  const pure = { input, sideEffects: false, idempotent: true };
  return [
    {
      ...pure,
      name: 'decide',
      description: 'Says of every rule whether it holds, and what its tables give.',
      output: jsonSchema(RulesDecision),
    },
    {
      ...pure,
      name: 'explain',
      description: 'Says of every rule what it asks, of which facts, and which rows decided.',
      output: jsonSchema(RulesExplanation),
    },
  ];
}

/** `unit` is a word of rule packs; a JSON Schema does not know it. */
function withoutUnits(schema: JsonValue): JsonValue {
  if (!isObject(schema)) return schema;
  const { unit: _unit, $schema: _schema, ...rest } = schema;
  const { properties, items } = rest;
  return {
    ...rest,
    ...(isObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, member]) => [name, withoutUnits(member)]),
          ),
        }
      : {}),
    ...(items === undefined ? {} : { items: withoutUnits(items) }),
  };
}
