import { z } from 'zod';

import { definePlugin, type PluginDefinition, type PluginPackage } from '../../contract/index.ts';
import { InvalidManifestError } from '../../errors/index.ts';
import type { JsonValue } from '../../../kernel/index.ts';
import { jsonSchema, schemaFrom } from '../operation.ts';
import {
  decideByTable,
  DecisionTable,
  RowTrace,
  TableDecision,
  tableProblems,
  traceTable,
} from './decision-table.ts';

/** What {@link defineDecisionTables} takes: tables, the shape of their facts, and the manifest's keys that are its own. */
export interface DecisionTablesDefinition extends Pick<
  PluginDefinition['manifest'],
  'id' | 'version' | 'title' | 'description' | 'publisher' | 'engines' | 'industries' | 'standards'
> {
  readonly tables: readonly z.input<typeof DecisionTable>[];
  /** The facts; what a table asks for and is not there decides nothing. */
  readonly facts: z.ZodType;
  /** Facts to show and try the rules with. */
  readonly examples: readonly JsonValue[];
}

const Decisions = z.strictObject({
  outcome: z.enum(['decided', 'undecided']),
  decisions: z.array(TableDecision),
});
const Explanation = z.strictObject({
  outcome: z.enum(['decided', 'undecided']),
  tables: z.array(
    z.strictObject({ table: z.string(), title: z.string(), rows: z.array(RowTrace) }),
  ),
});

/**
 * Makes a plugin of decision tables: `decide` answers by them, `explain` says of every row why it fits or not.
 *
 * @throws {@link InvalidManifestError} for a table that is none, or asks for a fact which it does not declare.
 */
export function defineDecisionTables(definition: DecisionTablesDefinition): PluginPackage {
  const { tables: given, facts, examples, ...manifest } = definition;
  const tables = given.map((table) => DecisionTable.parse(table));
  const problems = tables.flatMap(tableProblems);
  if (problems.length > 0)
    throw new InvalidManifestError(
      manifest.id,
      problems.map((message) => ({ path: 'tables', message })),
    );
  const input = schemaFrom({
    type: 'object',
    properties: { facts: jsonSchema(facts) },
    required: ['facts'],
    additionalProperties: false,
    examples: examples.map((example) => ({ facts: example })),
  });
  const pure = { sideEffects: false, idempotent: true };
  const decide = (known: JsonValue): z.infer<typeof Decisions> => {
    const decisions = tables.map((table) => decideByTable(table, known));
    const open = decisions.some(({ outcome }) => outcome === 'undecided');
    return { outcome: open ? 'undecided' : 'decided', decisions };
  };
  return definePlugin({
    manifest: {
      ...manifest,
      kind: 'business-rule',
      permissions: {},
      contributes: {
        operations: [
          {
            ...pure,
            name: 'decide',
            description: 'Decides by the rules, and names the rows that it rests on.',
            input,
            output: jsonSchema(Decisions),
          },
          {
            ...pure,
            name: 'explain',
            description: 'Says of every row of the rules why it fits the facts or not.',
            input,
            output: jsonSchema(Explanation),
          },
        ],
      },
    },
    execute: (operation, order) => {
      const { facts: known } = Facts.parse(order);
      const decided = decide(known);
      if (operation === 'decide') return decided;
      const traces = tables.map((table) => {
        const rows = [...traceTable(table, known)];
        return { table: table.id, title: table.title, rows };
      });
      return { outcome: decided.outcome, tables: traces };
    },
  });
}

const Facts = z.object({ facts: z.json() });
