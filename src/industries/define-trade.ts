import type { Compliance } from '../compliance/index.ts';
import { frozenJson, type JsonValue } from '../kernel/index.ts';
import { defineTemplate, planFromTemplate, type TemplateDocument } from '../plugins/index.ts';
import type { WorkflowPlan } from '../state/index.ts';
import { withStandards, workflowFrom } from '../workflow/index.ts';
import { InvalidTradeError, UnreadableInputError } from './errors.ts';
import { tradeCatalogue } from './trade-catalogue.ts';
import { plannedTags, tradeStandards } from './trade-standards.ts';
import { tradeRules, type TradeRules } from './trade-rules.ts';
import type {
  StandardsMode,
  Trade,
  TradeDefinition,
  TradeParameters,
  TradeTransition,
} from './trade.ts';

/** Parameters that every trade has; the configuration of approvals and phases fills them in when a run is begun. */
const SHARED_PARAMETERS: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  approver_roles: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
    description:
      'Roles of which an approver must hold one; anyone may approve where there are none',
  },
  approval_valid_for_ms: {
    type: 'integer',
    minimum: 1,
    default: 7 * 24 * 60 * 60 * 1000,
    description: 'Milliseconds for which an approval holds',
  },
  phase_timeout_ms: {
    type: 'integer',
    minimum: 0,
    default: 5 * 60 * 1000,
    description: 'Milliseconds that one visit of a phase may take; 0 for no limit',
  },
  max_attempts: {
    type: 'integer',
    minimum: 2,
    maximum: 10,
    default: 3,
    description: 'Visits of one phase in a run',
  },
};

/**
 * Makes a trade of its parts: a template plugin, the catalogue that its plans draw on, and the workflow with default
 * parameters.
 *
 * @throws {@link InvalidTradeError} for a check or rule that is not there; PLUGINS_INVALID_MANIFEST.
 */
export function defineTrade<Input, Facts>(definition: TradeDefinition<Input, Facts>): Trade {
  const { id, title, summary, standards, workflow } = definition;
  const rules = tradeRules(`src/industries/${id}/rules.json`, definition.rules);
  const document = documentOf(definition, rules);
  const catalogue = tradeCatalogue(definition, rules);
  const plan = (parameters: TradeParameters = {}) => planFromTemplate(document, parameters);
  return Object.freeze({
    id,
    title,
    summary,
    standards,
    workflow: workflow.id,
    document,
    template: defineTemplate({
      publisher: 'phasegate',
      engines: { phasegate: '*' },
      industries: [id],
      standards: standards.map((standard) => standard.id),
      template: document,
      example: {},
    }),
    catalogue,
    rules: rules.load,
    plan,
    describe: (parameters?: TradeParameters, mode: StandardsMode = 'audit') => {
      const made = workflowFrom(plan(parameters), catalogue);
      if (mode === 'off') return made;
      // The facts are those that the trade's own agents make.
      return withStandards(made, tradeStandards(definition, mode) as Compliance<unknown>);
    },
    fromPlan: (planned: WorkflowPlan, mode: StandardsMode = 'audit') => {
      const made = workflowFrom(planned, catalogue);
      if (mode === 'off') return made;
      const tags = plannedTags(planned, definition.tags);
      const compliance = tradeStandards({ ...definition, tags, isPlanned: true }, mode);
      return withStandards(made, compliance as Compliance<unknown>);
    },
    inputFrom: definition.inputFrom ?? ((text: string) => jsonFrom(text, workflow.id)),
    filesFrom: definition.filesFrom,
  });
}

function documentOf<Input, Facts>(
  definition: TradeDefinition<Input, Facts>,
  rules: TradeRules,
): TemplateDocument {
  const { workflow, version, summary, phases, parameters = {} } = definition;
  const { template = `phasegate.${workflow.id}` } = definition;
  return {
    id: template,
    version,
    title: workflow.title,
    description: summary,
    parameters: frozenJson({
      type: 'object',
      properties: { ...rules.parameters, ...parameters, ...SHARED_PARAMETERS },
      additionalProperties: false,
    }) as TemplateDocument['parameters'],
    workflow,
    phases: phases.map((phase) => ({
      id: phase.id,
      agent: phase.agent,
      maxAttempts: '{{max_attempts}}',
      timeoutMs: '{{phase_timeout_ms}}',
    })),
    transitions: definition.transitions.map((move) => transitionOf(move, definition, rules)),
  };
}

type PlannedTransition = TemplateDocument['transitions'][number];

function transitionOf<Input, Facts>(
  move: TradeTransition,
  { id, transitions, checks: own = [] }: TradeDefinition<Input, Facts>,
  rules: TradeRules,
): PlannedTransition {
  const { from, to, name, when, approval, revise = {}, warn = [] } = move;
  const place = `the move from "${from}" to "${to}"`;
  const ways = transitions.flatMap((other) => other.when ?? []);
  const ruled = rules.at(from, to).filter((rule) => !ways.includes(rule));
  const stray = [...Object.keys(revise), ...warn, ...(move.checks ?? [])].find(
    (check) => !ruled.includes(check) && !own.some((one) => one.id === check),
  );
  if (stray !== undefined) throw new InvalidTradeError(id, place, `there is no check "${stray}"`);
  if (when !== undefined && !rules.ids.includes(when))
    throw new InvalidTradeError(id, place, `there is no rule "${when}"`);
  const settings = settingsOf(rules);
  const leads = (check: string): Partial<PlannedTransition['checks'][number]> => {
    if (Object.hasOwn(revise, check)) return { onFailure: 'revise', to: revise[check] ?? from };
    return warn.includes(check) ? { onFailure: 'warn' } : {};
  };
  return {
    from,
    to,
    name,
    ...(when === undefined ? {} : { when: { check: `${rules.id}.${when}`, settings } }),
    checks: [
      ...ruled.map((rule) => ({ check: `${rules.id}.${rule}`, settings, ...leads(rule) })),
      ...(move.checks ?? []).map((check) => ({ check, ...leads(check) })),
    ],
    ...(approval === undefined
      ? {}
      : {
          approval: {
            phase: approval.phase,
            member: 'subject',
            roles: `{{${approval.roles}}}`,
            validForMs: '{{approval_valid_for_ms}}',
          },
        }),
  };
}

function settingsOf(rules: TradeRules): Record<string, string> {
  return Object.fromEntries(Object.keys(rules.parameters).map((name) => [name, `{{${name}}}`]));
}

function jsonFrom(text: string, workflow: string): JsonValue {
  try {
    return frozenJson(JSON.parse(text));
  } catch (error) {
    // The engine's own message quotes the text; the place is enough.
    const [place = 'it cannot be parsed'] =
      /line \d+ column \d+|position \d+/.exec(error instanceof Error ? error.message : '') ?? [];
    throw new UnreadableInputError(workflow, `it is no JSON (${place})`);
  }
}
