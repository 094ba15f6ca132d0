import { PhasegateError, type ErrorOptions } from '../kernel/index.ts';

/** The root of everything that goes wrong with plugins. */
export abstract class PluginError extends PhasegateError {}

/** One mistake in a manifest, with its place where it came from a file. */
export interface ManifestProblem {
  /** Dotted path of the key: `permissions.net.hosts.0`. */
  readonly path: string;
  readonly message: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A manifest does not fit its schema; `problems` holds every mistake. */
export class InvalidManifestError extends PluginError {
  readonly code = 'PLUGINS_INVALID_MANIFEST';
  readonly problems: readonly ManifestProblem[];
  constructor(file: string, problems: readonly ManifestProblem[]) {
    const lines = problems.map((problem) => formatProblem(file, problem));
    super([`The plugin's manifest cannot be used:`, ...lines].join('\n  '), {
      hint: 'Mend each place named above; docs/plugins.md lists every key.',
      details: { file, problems: problems.length },
    });
    this.problems = Object.freeze([...problems]);
  }
}

function formatProblem(file: string, { path, message, line, column }: ManifestProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place} ${path === '' ? '' : `${path}: `}${message}`;
}

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

/** A plugin's folder cannot be used. */
export class BrokenPackageError extends PluginError {
  readonly code = 'PLUGINS_BROKEN_PACKAGE';
  constructor(directory: string, why: string, cause?: unknown) {
    super(`The plugin in ${directory} cannot be used: ${why}.`, {
      hint: 'Put the plugin into a folder of its own with plain files only, complete, and try again.',
      details: { directory },
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

/** A plugin was asked to go where it cannot go from where it stands. */
export class InvalidPluginStateError extends PluginError {
  readonly code = 'PLUGINS_INVALID_STATE';
  constructor(plugin: string, from: string, to: string) {
    super(`Plugin ${plugin} is ${from}, and cannot become ${to} from there.`, {
      hint: 'Look at `phasegate plugins show` for where it stands and what may come next.',
      details: { plugin, from, to },
    });
  }
}
