import { langsmithSettings, loadConfig, type LoadOptions } from '../../config/index.ts';
import type { JsonValue } from '../../kernel/index.ts';
import { createTracing } from '../../observability/index.ts';
import {
  compileWorkflow,
  langGraphUser,
  NOBODY,
  type CompiledWorkflow,
  type WorkflowDescription,
} from '../../workflow/index.ts';
import { createModel } from '../create-model.ts';
import { openHousedWorkflow } from '../housed-workflow.ts';
import type { WorkflowSettings } from '../workflows/workflow-settings.ts';
import { tellErrors, told } from './tell-errors.ts';

/** What {@link studioGraph} takes besides the workflow. */
export interface StudioOptions extends LoadOptions {
  /**
   * The `langgraph.json` that the server is started with. Only where it names an auth handler (`auth.path`) is the
   * server's user believed; without a handler that user is whatever the caller wrote.
   */
  readonly server?: { readonly graphs: unknown; readonly auth?: { readonly path?: string } };
}

/** What a LangGraph server hands to a graph that is made for each run. */
export interface StudioConfig {
  readonly configurable?: Readonly<Record<string, unknown>> | undefined;
}

/** Gives the graph for one run: with the model that the run's configuration names, or with simulated agents. */
export type StudioGraph<Input, Artifacts> = (
  config?: StudioConfig,
) => Promise<CompiledWorkflow<Input, Artifacts>>;

/**
 * Prepares a workflow for LangGraph Studio and the LangGraph server, which bring a checkpointer of their own and ask for a
 * graph for each run. Seals are made with the same key as on the command line, the configured audit trail is told of the runs, and
 * phases have the same tools of plugins, as there. Runs are traced anonymously, if at all.
 *
 * `configurable.model` of a run names the model that works in it: one of the configuration, or `simulated`, which is what
 * works where none is named. The graph is refused (CONFIG_UNKNOWN_MODEL, CONFIG_VARIABLE_MISSING) for any other.
 *
 * @throws CONFIG_* for configuration that cannot be used; STORAGE_* for a data folder that cannot be used.
 */
export async function studioGraph<Input, Artifacts>(
  describe: (settings: WorkflowSettings) => WorkflowDescription<Input, Artifacts>,
  options: StudioOptions = {},
): Promise<StudioGraph<Input, Artifacts>> {
  const { server, ...place } = options;
  // It ends with its process: a run signs its own end, and so does each decision.
  const { config, logger, houseFacts, ...house } = await openHousedWorkflow(describe, {
    ...place,
    identify: server?.auth?.path === undefined ? () => NOBODY : langGraphUser,
  });
  const langsmith = langsmithSettings(options.environment);
  const { requestTimeoutMs } = config.tracing;
  const tracing = createTracing(
    langsmith.enabled ? { ...langsmith, requestTimeoutMs } : langsmith,
    logger,
  );
  const compiled = (model: string): CompiledWorkflow<Input, Artifacts> => {
    const graph = compileWorkflow(house.workflow, {
      ...house.options,
      ...(model === SIMULATED
        ? {}
        : {
            model: createModel(config, model, logger),
            agents: 'llm' as const,
            fallback: config.fallback,
          }),
    });
    // The server calls the graph without callbacks, and LangChain would then add a tracer that hides nothing.
    const { callbacks } = tracing;
    return tellErrors(callbacks.length === 0 ? graph : graph.withConfig({ callbacks }));
  };
  const graphs = new Map([[SIMULATED, compiled(SIMULATED)]]);
  return async (run = {}) => {
    await houseFacts.observe();
    const model = modelNamed(run);
    try {
      const graph = graphs.get(model) ?? compiled(model);
      graphs.set(model, graph);
      return graph;
    } catch (error) {
      throw told(error);
    }
  };
}

const SIMULATED = 'simulated';

function modelNamed({ configurable = {} }: StudioConfig): string {
  const named = configurable['model'] ?? SIMULATED;
  if (typeof named !== 'string') return JSON.stringify(named);
  return named === '' ? SIMULATED : named;
}

/**
 * Gives the JSON Schema of what a run can be configured with, for the form that Studio makes of it.
 *
 * @throws CONFIG_* for configuration that cannot be used.
 */
export async function studioConfigSchema(options: LoadOptions = {}): Promise<JsonValue> {
  const { models } = await loadConfig(options);
  return {
    title: 'Configuration',
    type: 'object',
    properties: {
      model: {
        type: 'string',
        title: 'Model',
        description:
          'The model that works in this run, or "simulated" for agents that work by rules.',
        enum: [SIMULATED, ...models.names],
        default: SIMULATED,
      },
    },
  };
}
