import type { z } from 'zod';

import type { Compliance } from '../../compliance/index.ts';
import type { Usage } from '../../state/index.ts';
import { sensitiveFieldsOf } from '../sensitive/sensitive-fields.ts';
import { compileWorkflow, type CompiledWorkflow, type CompileOptions } from '../compile.ts';
import type { WorkflowDescription } from './workflow-description.ts';
import { inspectDefinition } from './inspect-definition.ts';
import type { PhaseShape } from './phase.ts';
import { workflowDigest } from './workflow-digest.ts';
import type { Migration, Transition } from './workflow-shape.ts';

/** The artifacts of a list of phases, by phase id. */
export type ArtifactsOf<Phases extends readonly PhaseShape[]> = {
  readonly [P in Phases[number] as P['id']]: z.output<P['agent']['artifact']>;
};

/** What the checks of a workflow may read. */
export interface WorkflowFacts<Input, Artifacts> {
  readonly input: Input;
  readonly artifacts: Artifacts;
  readonly run: { readonly attempts: Readonly<Record<string, number>>; readonly usage: Usage };
}

/** A finite state machine of phases, with its types. Describes only: compile it to run it. */
export interface Workflow<Input, Artifacts> extends WorkflowDescription<Input, Artifacts> {
  /**
   * Gives the workflow as a LangGraph `CompiledStateGraph`; the same as {@link compileWorkflow}.
   *
   * @throws {@link InvalidOptionsError} as told there.
   */
  compile(options?: CompileOptions<Input, Artifacts>): CompiledWorkflow<Input, Artifacts>;
}

/** Phases whose agents find, under the phase they name, the artifact they read and the input they take. */
type Fitting<Phases extends readonly PhaseShape[], Input> = {
  readonly [Index in keyof Phases]: FittingPhase<Phases[Index], ArtifactsOf<Phases>, Input>;
};

type FittingPhase<P extends PhaseShape, Artifacts, Input> =
  Input extends z.output<P['agent']['input']>
    ? Artifacts extends ReadsOf<P>
      ? P
      : {
          readonly agent: {
            readonly reads: 'names an artifact that no phase of this workflow produces in that shape';
          };
        }
    : { readonly agent: { readonly input: 'takes another input than the workflow' } };

type ReadsOf<P extends PhaseShape> = {
  readonly [Name in keyof P['agent']['reads']]: z.output<P['agent']['reads'][Name]>;
};

/** What {@link defineWorkflow} takes. */
export interface WorkflowDefinition<Input, Phases extends readonly PhaseShape[]> {
  /** Kebab case. */
  readonly id: string;
  readonly title?: string;
  /** Of what a run stores, counted from 1; raise it with a migration when an artifact's shape changes. */
  readonly version?: number;
  readonly input: z.ZodType<Input>;
  /** The first one is where a run starts. */
  readonly phases: Phases & Fitting<Phases, Input>;
  readonly transitions: readonly Transition<
    Phases[number]['id'],
    WorkflowFacts<Input, ArtifactsOf<Phases>>
  >[];
  readonly migrations?: readonly Migration[];
  /** Set by {@link withStandards}, which lets the gates ask by it too. */
  readonly compliance?: Compliance<WorkflowFacts<Input, ArtifactsOf<Phases>>>;
}

/**
 * Describes a workflow. Pure: nothing is opened or run.
 *
 * @throws {@link InvalidDefinitionError} for an unknown or unreachable phase, a phase that leads nowhere, a transition
 * twice or without a gate, an empty gate, an id twice, a loop without a bound, a gap in the migrations, or a
 * sensitive mark that is not `true` or in a place that cannot be sealed; it names the place.
 */
export function defineWorkflow<Input, const Phases extends readonly PhaseShape[]>(
  definition: WorkflowDefinition<Input, Phases>,
): Workflow<Input, ArtifactsOf<Phases>> {
  const { id, title = id, version = 1, input, phases, transitions, migrations = [] } = definition;
  const { compliance } = definition;
  const workflow = { id, title, version, input, phases, transitions, migrations };
  const held = { ...workflow, ...(compliance === undefined ? {} : { compliance }) };
  const digest = workflowDigest(held);
  inspectDefinition({ ...held, digest });
  const defined = Object.freeze({
    ...held,
    digest,
    phases: Object.freeze([...phases]),
    transitions: Object.freeze(transitions.map((transition) => Object.freeze({ ...transition }))),
    // Of the workflow that it is asked of, which may be a copy with more in it.
    compile(
      this: WorkflowDescription<Input, ArtifactsOf<Phases>>,
      options?: CompileOptions<Input, ArtifactsOf<Phases>>,
    ) {
      return compileWorkflow(this, options);
    },
  });
  // Found here, so that a mark that cannot be kept is refused before anything is stored.
  sensitiveFieldsOf(defined);
  return defined;
}
