import { langsmithSettings, loadConfig, type Config, type LoadOptions } from '../config/index.ts';
import type { Logger } from '../kernel/index.ts';
import { createLogger, createTracing, type Tracing } from '../observability/index.ts';
import { openEmbeddedStorage, type EmbeddedStorage } from '../storage/index.ts';
import { auditOnDemand, type AppAudit } from './evidence/index.ts';
import type { WorkflowSettings } from './workflows/workflow-settings.ts';

/** Everything that a command works with, wired from the configuration. Close it when done. */
export interface App extends AsyncDisposable {
  readonly config: Config;
  readonly logger: Logger;
  readonly storage: EmbeddedStorage;
  readonly tracing: Tracing;
  /** Where runs write what happened: in the data folder, also when the threads are kept elsewhere. */
  readonly audit: AppAudit;
  /** What approvals and artifacts are sealed with: configured, or the data folder's own. */
  readonly sealKey: Uint8Array;
  readonly workflowSettings: WorkflowSettings;
}

/**
 * Opens the embedded application: configuration, log, SQLite storage, tracing.
 *
 * @throws CONFIG_* for configuration that cannot be used; STORAGE_* for a data folder that cannot be used.
 */
export async function openApp(options: LoadOptions = {}): Promise<App> {
  const config = await loadConfig(options);
  const logger = createLogger({ level: config.logLevel });
  const langsmith = langsmithSettings(options.environment);
  const { requestTimeoutMs } = config.tracing;
  const tracing = createTracing(
    langsmith.enabled ? { ...langsmith, requestTimeoutMs } : langsmith,
    logger,
  );
  const storage = await openEmbeddedStorage({
    directory: config.dataDir,
    logger,
    leaseMs: config.thread.leaseMs,
  });
  const audit = auditOnDemand(config.dataDir);
  return {
    config,
    logger,
    storage,
    tracing,
    audit,
    sealKey: config.sealKey?.reveal() ?? storage.sealKey(),
    workflowSettings: workflowSettingsOf(config),
    [Symbol.asyncDispose]: async () => {
      try {
        await tracing.flush(config.tracing.flushTimeoutMs);
        await audit[Symbol.asyncDispose]();
      } finally {
        await storage.close();
      }
    },
  };
}

/** Gives what workflows are described with. */
export function workflowSettingsOf({ approval, phase }: Config): WorkflowSettings {
  return Object.freeze({
    approvalValidForMs: approval.validForMs,
    phaseTimeoutMs: phase.timeoutMs,
  });
}
