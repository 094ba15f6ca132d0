import { loadConfig, type Config, type LoadOptions } from '../config/index.ts';
import type { Logger } from '../kernel/index.ts';
import { createLogger } from '../observability/index.ts';
import { NOBODY, type CompileOptions, type WorkflowDescription } from '../workflow/index.ts';
import type { HouseFacts } from './compliance/house-facts.ts';
import { auditOnDemand } from './evidence/index.ts';
import { houseOptions, inHouse, openHouse, readyHouse } from './house.ts';
import { workflowSettingsOf } from './open-app.ts';
import { openPhaseTools } from './plugins/index.ts';
import { subjectVault } from './privacy/index.ts';
import { sealKeyOf } from './store/seal-key-of.ts';
import type { WorkflowSettings } from './workflows/workflow-settings.ts';

/** What {@link openWorkflow} takes besides the workflow. */
export interface HouseOrder extends LoadOptions {
  /** Tells who is calling, from what a caller cannot make up; nobody unless told. */
  readonly identify?: CompileOptions['identify'];
}

/** A workflow as the command line runs it. Close it when done: the history of its tools is written by then. */
export interface HousedWorkflow<Input, Artifacts> extends AsyncDisposable {
  /** The workflow with the house's own rules, and the checks of plugins, at its gates. */
  readonly workflow: WorkflowDescription<Input, Artifacts>;
  /**
   * What `compileWorkflow` takes so that the run has the policies, waivers, keys, records and tools of the configuration. A
   * checkpointer, and a model with `agents: 'llm'`, are yours to add.
   */
  readonly options: CompileOptions;
}

/** The same, with what it was opened from. */
export interface OpenHouse<Input, Artifacts> extends HousedWorkflow<Input, Artifacts> {
  readonly config: Config;
  readonly logger: Logger;
  readonly houseFacts: HouseFacts;
}

/** See `openWorkflow`, its public door. */
export async function openHousedWorkflow<Input, Artifacts>(
  describe: (settings: WorkflowSettings) => WorkflowDescription<Input, Artifacts>,
  { identify = () => NOBODY, ...place }: HouseOrder = {},
): Promise<OpenHouse<Input, Artifacts>> {
  const config = await loadConfig(place);
  const logger = createLogger({ level: config.logLevel });
  const sealKey = await sealKeyOf(config, logger);
  // Opened by the first run.
  const audit = auditOnDemand(config);
  const house = await openHouse({ config, logger, audit, sealKey });
  const { houseFacts } = house;
  await readyHouse(house);
  const workflow = inHouse(house, describe(workflowSettingsOf(config)));
  const tools = openPhaseTools({ config, logger, audit }, { workflow: workflow.id, identify });
  return {
    config,
    logger,
    houseFacts,
    workflow,
    options: {
      sealKey,
      audit,
      ...houseOptions(house, workflow.id),
      fieldKeys: subjectVault(audit, sealKey),
      profile: config.profile,
      identify,
      tools: tools.source,
      logger,
    },
    [Symbol.asyncDispose]: async () => {
      try {
        await tools[Symbol.asyncDispose]();
        await house[Symbol.asyncDispose]();
      } finally {
        await audit[Symbol.asyncDispose]();
      }
    },
  };
}
