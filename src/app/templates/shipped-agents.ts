import { industries, type StandardsMode, type Trade } from '../../industries/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import type { WorkflowPlan } from '../../state/index.ts';
import type { WorkflowDescription } from '../../workflow/index.ts';
import type { OutputFile } from '../workflows/catalogue.ts';
import { UnknownAgentError } from './errors.ts';

/** Agents and checks that come with Phasegate and take the same input: what one plan may name. */
export interface ShippedAgents {
  readonly id: string;
  readonly agents: readonly string[];
  readonly checks: readonly string[];
  /** The workflow of a plan, asked by the trade's standards. @throws WORKFLOW_INVALID_DEFINITION. */
  readonly describe: (
    plan: WorkflowPlan,
    standards?: StandardsMode,
  ) => WorkflowDescription<unknown, unknown>;
  /** @throws INDUSTRIES_UNREADABLE_INPUT. */
  readonly inputFrom: (text: string) => JsonValue;
  /** The trade's own files where the plan has all its phases; otherwise each artifact as it is. */
  readonly filesFrom: (
    plan: WorkflowPlan,
    artifacts: Readonly<Record<string, JsonValue>>,
  ) => readonly OutputFile[];
}

/** Everything that plans may name, one catalogue a trade. */
export const SHIPPED_AGENTS: readonly ShippedAgents[] = Object.freeze(
  Object.values(industries).map(agentsOf),
);

function agentsOf(trade: Trade): ShippedAgents {
  const { id, catalogue, fromPlan, inputFrom, filesFrom, document } = trade;
  return Object.freeze({
    id,
    agents: Object.keys(catalogue.phases),
    checks: Object.keys(catalogue.checks),
    describe: fromPlan,
    inputFrom,
    filesFrom: ({ phases }: WorkflowPlan, artifacts: Readonly<Record<string, JsonValue>>) => {
      const isWhole = document.phases.every((own) =>
        phases.some((phase) => phase.id === own.id && phase.agent === own.agent),
      );
      return isWhole
        ? filesFrom(artifacts)
        : Object.entries(artifacts).map(([phase, artifact]) => ({
            path: `${phase}.json`,
            content: `${JSON.stringify(artifact, null, 2)}\n`,
          }));
    },
  });
}

/** Gives what a plan draws on. @throws {@link UnknownAgentError} where no catalogue has all that it names. */
export function agentsFor(plan: WorkflowPlan, template: string): ShippedAgents {
  const agents = plan.phases.map(({ agent }) => agent);
  const checks = plan.transitions.flatMap(({ checks: asked, when }) => [
    ...asked.map(({ check }) => check),
    ...(when === undefined ? [] : [when.check]),
  ]);
  const lacking = SHIPPED_AGENTS.map((shipped) => ({
    shipped,
    names: [
      ...agents.filter((agent) => !shipped.agents.includes(agent)),
      ...checks.filter((check) => !shipped.checks.includes(check)),
    ],
  })).toSorted((one, other) => one.names.length - other.names.length);
  const [nearest] = lacking;
  if (nearest === undefined) throw new UnknownAgentError(template, 'there are no agents', []);
  const { shipped, names } = nearest;
  if (names.length === 0) return shipped;
  const quoted = [...new Set(names)].map((name) => `"${name}"`).join(', ');
  throw new UnknownAgentError(
    template,
    `no one catalogue of agents and checks has all that it names; that of ${shipped.id} lacks ${quoted}`,
    shipped.agents,
  );
}
