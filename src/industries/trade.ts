import type { z } from 'zod';

import type { OverlayChanges, SuppliedFacts, TransitionTag } from '../compliance/index.ts';
import type { JsonValue } from '../kernel/index.ts';
import type { PluginPackage, TemplateDocument } from '../plugins/index.ts';
import type { WorkflowPlan } from '../state/index.ts';
import type { Check } from '../validation/index.ts';
import type { RulePack } from '../validation/rules/index.ts';
import type {
  Agent,
  PhaseShape,
  PlanCatalogue,
  PlannedPlace,
  WorkflowDescription,
} from '../workflow/index.ts';
import { definePhase } from '../workflow/index.ts';

/** A file that a completed run hands over. `path` is relative, with forward slashes. */
export interface TradeFile {
  readonly path: string;
  readonly content: string;
}

/** Parameters of a trade's template, by name; what is left out has its default. */
export type TradeParameters = Readonly<Record<string, JsonValue>>;

/** A phase of a trade's workflow, before a plan says how often and how long it may run. */
export interface TradePhase {
  readonly id: string;
  /** The agent's id, by which plans name it. */
  readonly agent: string;
  readonly make: (place: PlannedPlace) => PhaseShape;
}

/** Describes a phase of a trade. */
export function tradePhase<Input, Reads, Artifact>(
  id: string,
  agent: Agent<Input, Reads, Artifact>,
): TradePhase {
  return Object.freeze({
    id,
    agent: agent.id,
    make: (place: PlannedPlace) => definePhase({ ...place, agent }),
  });
}

/** A move between two phases. Rules of the pack that name it are its checks, and deny unless told. */
export interface TradeTransition {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** The rule that says whether this is the way, by its id in the pack. */
  readonly when?: string;
  /** Checks of the trade's own, by id. */
  readonly checks?: readonly string[];
  /** The phase that a failure leads back to, by the id of the rule or check. */
  readonly revise?: Readonly<Record<string, string>>;
  /** Rules and checks whose failure is shown and does not hold the run. */
  readonly warn?: readonly string[];
  /** The phase that ends with a person's decision about the member `subject` of its artifact. */
  readonly approval?: { readonly phase: string; readonly roles: string };
}

/**
 * What a failing check of a trade's standards does: nothing is asked (`off`), it is recorded, shown, or holds the run. Checks whose
 * facts the workflow knows itself hold it unless nothing is asked.
 */
export type StandardsMode = 'off' | 'audit' | 'warn' | 'deny';

/** A standard that a trade turns on, and what it sets otherwise than the standard itself. */
export interface TradeStandard {
  /** Such as `sox`. */
  readonly id: string;
  /** Parameters of its checks that the trade sets otherwise, by check. */
  readonly changes?: OverlayChanges;
  /** Checks that hold a run; the others are asked and recorded. */
  readonly holds?: readonly string[];
  /** Checks that have nothing to ask about at its gates, with the reason. */
  readonly notApplicable?: Readonly<Record<string, string>>;
}

/** What a trade is made of. */
export interface TradeDefinition<Input, Facts> {
  /** The folder's name. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** On unless a configuration says otherwise. */
  readonly standards: readonly TradeStandard[];
  /** What moves are, as `from -> to`: standards find by it the moves that their checks are for. */
  readonly tags: Readonly<Record<string, readonly TransitionTag[]>>;
  /** What the workflow knows of the facts that standards ask for. */
  readonly complianceFacts?: (facts: Facts) => SuppliedFacts;
  readonly workflow: { readonly id: string; readonly title: string; readonly version: number };
  /** The template's id; `phasegate.` and the workflow's unless told. */
  readonly template?: string;
  /** Of the template. */
  readonly version: string;
  readonly input: z.ZodType<Input>;
  /** A rule pack as data, and the facts that it may read. Each of its thresholds is a parameter. */
  readonly rules: { readonly pack: unknown; readonly facts: z.ZodType<Facts> };
  /** JSON Schemas of parameters besides thresholds, each with a default. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
  readonly phases: readonly TradePhase[];
  /** Phases that the trade's own workflow does not have, and plans of templates may. */
  readonly besides?: readonly TradePhase[];
  readonly transitions: readonly TradeTransition[];
  /** Checks that rules cannot express. */
  readonly checks?: readonly Check[];
  /** Makes input out of the text of an input file; JSON unless told. */
  readonly inputFrom?: (text: string) => JsonValue;
  /** Makes files out of the artifacts of a completed run. */
  readonly filesFrom: (artifacts: Readonly<Record<string, JsonValue>>) => readonly TradeFile[];
}

/** A trade, ready to be run. */
export interface Trade {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly standards: readonly TradeStandard[];
  /** The id of the workflow. */
  readonly workflow: string;
  /** The template as data: its parameters with their defaults, phases and transitions. */
  readonly document: TemplateDocument;
  /** The template as a plugin, to be described, previewed and instantiated. */
  readonly template: PluginPackage;
  /** What the names in the trade's plans stand for. */
  readonly catalogue: PlanCatalogue<unknown>;
  /** The trade's rules under some thresholds. @throws VALIDATION_INVALID_RULE_PACK. */
  readonly rules: (thresholds?: Readonly<Record<string, number>>) => RulePack;
  /** @throws PLUGINS_SCHEMA_MISMATCH for parameters that do not fit. */
  readonly plan: (parameters?: TradeParameters) => WorkflowPlan;
  /**
   * The workflow of a plan with these parameters, asked by the trade's standards.
   *
   * @param standards - What a failing check of a standard does; `audit` unless told.
   * @throws what `plan` throws.
   */
  readonly describe: (
    parameters?: TradeParameters,
    standards?: StandardsMode,
  ) => WorkflowDescription<unknown, unknown>;
  /**
   * The workflow of a plan that names only what {@link catalogue} has, asked by the trade's standards. Its moves with an approval
   * and its moves to the end are what the standards take them for; what is for moves that it does not have is set aside.
   *
   * @throws WORKFLOW_INVALID_DEFINITION.
   */
  readonly fromPlan: (
    plan: WorkflowPlan,
    standards?: StandardsMode,
  ) => WorkflowDescription<unknown, unknown>;
  /** @throws INDUSTRIES_UNREADABLE_INPUT. */
  readonly inputFrom: (text: string) => JsonValue;
  readonly filesFrom: (artifacts: Readonly<Record<string, JsonValue>>) => readonly TradeFile[];
}
