import { loadConfig, type LoadOptions } from '../config/index.ts';
import { createLogger } from '../observability/index.ts';
import { openEmbeddedStorage } from '../storage/index.ts';
import { compileWorkflow, type Workflow } from '../workflow/index.ts';
import { workflowSettingsOf } from './open-app.ts';
import type { WorkflowSettings } from './workflows/workflow-settings.ts';

/**
 * Compiles a workflow for LangGraph Studio and the LangGraph server, which bring a checkpointer of their own. Seals are
 * made with the same key as on the command line.
 *
 * @throws CONFIG_* for configuration that cannot be used; STORAGE_* for a data folder that cannot be used.
 */
export async function studioGraph<Input, Artifacts>(
  describe: (settings: WorkflowSettings) => Workflow<Input, Artifacts>,
  options: LoadOptions = {},
): Promise<ReturnType<typeof compileWorkflow<Input, Artifacts>>> {
  const config = await loadConfig(options);
  const logger = createLogger({ level: config.logLevel });
  await using storage = await openEmbeddedStorage({ directory: config.dataDir, logger });
  return compileWorkflow(describe(workflowSettingsOf(config)), {
    sealKey: config.sealKey?.reveal() ?? storage.sealKey(),
    profile: config.profile,
    logger,
  });
}
