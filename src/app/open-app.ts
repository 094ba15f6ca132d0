import { langsmithSettings, loadConfig, type Config, type LoadOptions } from '../config/index.ts';
import type { Logger } from '../kernel/index.ts';
import {
  createLogger,
  createTracing,
  openOtlpTracing,
  type OtlpSettings,
  type Tracing,
} from '../observability/index.ts';
import { auditOnDemand, type AppAudit } from './evidence/index.ts';
import { openHouse, type House } from './house.ts';
import { openStorage, type AppStorage } from './store/open-storage.ts';
import { recordedRollbacks } from './store/recorded-rollbacks.ts';
import type { WorkflowSettings } from './workflows/workflow-settings.ts';

/** Everything that a command works with, wired from the configuration. Close it when done. */
export interface App extends House {
  readonly config: Config;
  readonly logger: Logger;
  readonly storage: AppStorage;
  readonly tracing: Tracing;
  /** Where runs write what happened: in the data folder or on PostgreSQL, wherever the threads are kept. */
  readonly audit: AppAudit;
  /** What approvals and artifacts are sealed with: configured, or the data folder's own. */
  readonly sealKey: Uint8Array;
  readonly workflowSettings: WorkflowSettings;
}

/**
 * Opens the application: configuration, log, the store that the configuration chooses, tracing.
 *
 * @throws CONFIG_* for configuration that cannot be used; STORAGE_* for a data folder or server
 * that cannot be used; APP_SEAL_KEY_MISSING for a server without a key.
 */
export async function openApp(options: LoadOptions = {}): Promise<App> {
  const config = await loadConfig(options);
  const logger = createLogger({ level: config.logLevel });
  const langsmith = langsmithSettings(options.environment);
  const { requestTimeoutMs } = config.tracing;
  const tracing = joinedTracing(
    createTracing(langsmith.enabled ? { ...langsmith, requestTimeoutMs } : langsmith, logger),
    await openOtlpTracing(otlpSettingsOf(config), logger),
  );
  const audit = auditOnDemand(config);
  const storage = recordedRollbacks(await openStorage(config, logger), audit);
  const sealKey = config.sealKey?.reveal() ?? storage.sealKey();
  const house = await openHouse({ config, logger, audit, sealKey }).catch(
    async (error: unknown) => {
      await storage.close();
      throw error;
    },
  );
  return {
    ...house,
    config,
    logger,
    storage,
    tracing,
    audit,
    sealKey,
    workflowSettings: workflowSettingsOf(config),
    [Symbol.asyncDispose]: async () => {
      try {
        await tracing.flush(config.tracing.flushTimeoutMs);
        await house[Symbol.asyncDispose]();
        await audit[Symbol.asyncDispose]();
      } finally {
        await storage.close();
      }
    },
  };
}

/** Gives what workflows are described with. */
export function workflowSettingsOf({
  approval,
  phase,
  compliance,
  parameters,
}: Config): WorkflowSettings {
  return Object.freeze({
    approvalValidForMs: approval.validForMs,
    phaseTimeoutMs: phase.timeoutMs,
    standards: compliance.mode,
    parameters,
  });
}

function otlpSettingsOf({ tracing: { otlp, requestTimeoutMs } }: Config): OtlpSettings {
  if (otlp === undefined) return { enabled: false };
  const { endpoint, authorization } = otlp;
  return {
    enabled: true,
    endpoint,
    requestTimeoutMs,
    ...(authorization === undefined ? {} : { authorization }),
  };
}

/** Several ways of tracing as one. */
function joinedTracing(...all: readonly Tracing[]): Tracing {
  return Object.freeze({
    callbacks: all.flatMap(({ callbacks }) => callbacks),
    flush: async (timeoutMs: number) => {
      await Promise.all(all.map(async (tracing) => tracing.flush(timeoutMs)));
    },
  });
}
