import { langsmithSettings, loadConfig, type LoadOptions } from '../config/index.ts';
import { createLogger, createTracing } from '../observability/index.ts';
import { openEmbeddedStorage } from '../storage/index.ts';
import { compileWorkflow, langGraphUser, NOBODY, type Workflow } from '../workflow/index.ts';
import { workflowSettingsOf } from './open-app.ts';
import type { WorkflowSettings } from './workflows/workflow-settings.ts';

/** What {@link studioGraph} takes besides the workflow. */
export interface StudioOptions extends LoadOptions {
  /**
   * The `langgraph.json` that the server is started with. Only where it names an auth handler (`auth.path`) is the
   * server's user believed; without a handler that user is whatever the caller wrote.
   */
  readonly server?: { readonly graphs: unknown; readonly auth?: { readonly path?: string } };
}

/**
 * Compiles a workflow for LangGraph Studio and the LangGraph server, which bring a checkpointer of their own. Seals are
 * made with the same key as on the command line. Runs are traced anonymously, if at all.
 *
 * @throws CONFIG_* for configuration that cannot be used; STORAGE_* for a data folder that cannot be used.
 */
export async function studioGraph<Input, Artifacts>(
  describe: (settings: WorkflowSettings) => Workflow<Input, Artifacts>,
  options: StudioOptions = {},
): Promise<ReturnType<typeof compileWorkflow<Input, Artifacts>>> {
  const config = await loadConfig(options);
  const logger = createLogger({ level: config.logLevel });
  const langsmith = langsmithSettings(options.environment);
  const { requestTimeoutMs } = config.tracing;
  const tracing = createTracing(
    langsmith.enabled ? { ...langsmith, requestTimeoutMs } : langsmith,
    logger,
  );
  await using storage = await openEmbeddedStorage({ directory: config.dataDir, logger });
  const graph = compileWorkflow(describe(workflowSettingsOf(config)), {
    sealKey: config.sealKey?.reveal() ?? storage.sealKey(),
    profile: config.profile,
    identify: options.server?.auth?.path === undefined ? () => NOBODY : langGraphUser,
    logger,
  });
  // The server calls the graph without callbacks, and LangChain would then add a tracer that hides nothing.
  return tracing.callbacks.length === 0
    ? graph
    : graph.withConfig({ callbacks: tracing.callbacks });
}
