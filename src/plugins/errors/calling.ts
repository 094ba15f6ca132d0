import type { ErrorOptions } from '../../kernel/index.ts';
import { PluginError } from './plugin-error.ts';

/** A plugin's own code failed. The text is ours: what the plugin said is not repeated to models or logs. */
export class PluginFailedError extends PluginError {
  readonly code = 'PLUGINS_FAILED';
  constructor(plugin: string, operation: string, cause?: unknown) {
    super(`Plugin ${plugin} failed in "${operation}".`, {
      hint: 'Look at `phasegate plugins show` for its last error, then mend or disable the plugin.',
      details: { plugin, operation },
      cause,
    });
  }
}

/** What a call may take was reached. */
export class PluginLimitError extends PluginError {
  readonly code = 'PLUGINS_LIMIT';
  constructor(
    plugin: string,
    limit: 'wallMs' | 'cpuMs' | 'memoryMb' | 'hostCalls' | 'outputKb' | 'inputKb',
    maximum: number,
  ) {
    super(`Plugin ${plugin} reached its limit ${limit} of ${maximum}.`, {
      hint: 'Give it less to do in one call, or raise the limit in its manifest and approve it again.',
      details: { plugin, limit, maximum },
    });
  }
}

/** A plugin asked its host for something that it may not do. */
export class PluginDeniedError extends PluginError {
  readonly code = 'PLUGINS_DENIED';
  constructor(plugin: string, permission: string, why: string) {
    super(`Plugin ${plugin} may not use "${permission}": ${why}.`, {
      hint: 'Declare the permission in the manifest, and have the operator grant it.',
      details: { plugin, permission },
    });
  }
}

/** The process, worker or virtual machine of a plugin ended in the middle of a call. */
export class PluginCrashedError extends PluginError {
  readonly code = 'PLUGINS_CRASHED';
  constructor(plugin: string, operation: string, options: Partial<ErrorOptions> = {}) {
    super(`Plugin ${plugin} crashed in "${operation}".`, {
      hint: 'It is loaded afresh for the next call; after several crashes it is quarantined.',
      retryable: true,
      details: { plugin, operation },
      ...options,
    });
  }
}

/** A plugin's code does not load. */
export class PluginLoadError extends PluginError {
  readonly code = 'PLUGINS_LOAD_FAILED';
  constructor(plugin: string, why: string, cause?: unknown) {
    super(`Plugin ${plugin} cannot be loaded: ${why}.`, {
      hint: 'The entry has to be an ES module whose default export has an execute function.',
      details: { plugin },
      cause,
    });
  }
}

/** The caller stopped the call. */
export class PluginAbortedError extends PluginError {
  readonly code = 'PLUGINS_ABORTED';
  constructor(plugin: string, operation: string, cause?: unknown) {
    super(`The call of "${operation}" of plugin ${plugin} was stopped by its caller.`, {
      hint: 'Call again when the result is wanted after all.',
      details: { plugin, operation },
      cause,
    });
  }
}

/** Too many calls wait for a thread. */
export class PluginBusyError extends PluginError {
  readonly code = 'PLUGINS_BUSY';
  constructor(plugin: string, cause?: unknown) {
    super(`Plugin ${plugin} cannot be called now: too many calls wait already.`, {
      hint: 'Call again later, or raise the number of workers.',
      retryable: true,
      details: { plugin },
      cause,
    });
  }
}

/** A plugin was called that has been unloaded. */
export class PluginClosedError extends PluginError {
  readonly code = 'PLUGINS_CLOSED';
  constructor(plugin: string) {
    super(`Plugin ${plugin} was unloaded.`, {
      hint: 'Ask the registry for it again.',
      details: { plugin },
    });
  }
}

/** The host could not do what a plugin was allowed to ask for. The text holds no address, path or secret. */
export class PluginHostError extends PluginError {
  readonly code = 'PLUGINS_HOST_FAILED';
  constructor(plugin: string, call: string, why: string) {
    super(`The host could not do "${call}" for plugin ${plugin}: ${why}.`, {
      hint: 'Check that what it needs is there and can be reached.',
      retryable: true,
      details: { plugin, call },
    });
  }
}
