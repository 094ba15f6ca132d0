import type { ErrorOptions } from '../../kernel/index.ts';
import { PluginError } from './plugin-error.ts';

/** What is known of a failure. */
export interface FailureFacts {
  /** In our words; that its code threw unless told. */
  readonly why?: string;
  /** What its host had refused it, or could not do for it, in this call. */
  readonly refused?: PluginError | undefined;
  /** What the plugin said of it, among others. */
  readonly cause?: unknown;
}

/** A plugin's own code failed. The text is ours: what the plugin said is not repeated to models or logs. */
export class PluginFailedError extends PluginError {
  readonly code = 'PLUGINS_FAILED';
  constructor(
    plugin: string,
    operation: string,
    { why = 'its code threw an error', refused, cause }: FailureFacts = {},
  ) {
    const before = refused === undefined ? '' : ` Before that: ${refused.message}`;
    super(`Plugin ${plugin} failed in "${operation}": ${why}.${before}`, {
      hint:
        refused?.hint ??
        'Give --why to `phasegate plugins run` or `enable` to read what the plugin says of it, then mend or disable it.',
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
    limit:
      | 'wallMs'
      | 'cpuMs'
      | 'memoryMb'
      | 'hostCalls'
      | 'outputKb'
      | 'inputKb'
      | 'stateKb'
      | 'filesKb',
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
      hint: 'Declare it in the manifest, have the operator grant it, and allow it in [plugins.policy] of the configuration, which holds in the profile "production".',
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

/** A call got no thread: too many wait for one, or it has waited too long. */
export class PluginBusyError extends PluginError {
  readonly code = 'PLUGINS_BUSY';
  constructor(plugin: string, cause: Error) {
    super(`Plugin ${plugin} cannot be called now: ${cause.message}.`, {
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

/** What went into an operation, or came out of it, does not fit its schema. Names the place and the keyword, never the value. */
export class SchemaMismatchError extends PluginError {
  readonly code = 'PLUGINS_SCHEMA_MISMATCH';
  constructor(
    call: {
      readonly plugin: string;
      readonly operation: string;
      readonly side: 'input' | 'output';
    },
    where: string,
    keyword: string,
  ) {
    const { plugin, operation, side } = call;
    super(
      `The ${side} of "${operation}" of plugin ${plugin} does not fit its schema at ${where} (${keyword}).`,
      {
        hint:
          side === 'input'
            ? 'Give what the input schema asks for.'
            : 'The plugin does not keep what its manifest promises: mend or disable it.',
        details: { plugin, operation, side, where, keyword },
      },
    );
  }
}

/** The caller may not call this operation. */
export class CallRefusedError extends PluginError {
  readonly code = 'PLUGINS_CALL_REFUSED';
  /** @param refusal - Why, and what lets the call; that an operator grants the role the operation unless told. */
  constructor(
    plugin: string,
    operation: string,
    refusal: string | { readonly why: string; readonly hint: string },
  ) {
    const why = typeof refusal === 'string' ? refusal : refusal.why;
    super(`"${operation}" of plugin ${plugin} may not be called: ${why}.`, {
      hint:
        typeof refusal === 'string'
          ? 'Ask an operator to enable the plugin and to grant your role the operation.'
          : refusal.hint,
      details: { plugin, operation },
    });
  }
}

/** The arguments or the result of a call hold data of persons that the policy denies, or could not be looked through. */
export class PersonalDataRefusedError extends PluginError {
  readonly code = 'PLUGINS_PERSONAL_DATA';
  constructor(
    place: { readonly plugin: string; readonly operation: string; readonly direction: string },
    types: readonly string[],
    cause?: unknown,
  ) {
    const { plugin, operation, direction } = place;
    const why =
      types.length === 0
        ? 'could not be looked through for data of persons'
        : `hold data that may not pass (${types.join(', ')})`;
    super(`The ${direction} of "${operation}" of plugin ${plugin} ${why}.`, {
      hint: 'Take it out, or let an operator redact or allow it in [plugins.data] of the configuration.',
      details: { plugin, operation, direction, types: types.join(' ') },
      cause,
    });
  }
}

/** The history of calls could not be written for so long that a further call would leave no trace. */
export class HistoryFullError extends PluginError {
  readonly code = 'PLUGINS_HISTORY_FULL';
  constructor(plugin: string, operation: string, waiting: number) {
    super(
      `"${operation}" of plugin ${plugin} is not called: ${waiting} calls before it wait to be written into the history.`,
      {
        hint: 'Look after the store of plugins (disk, rights, connection); calls go on as soon as it answers, and nothing is lost.',
        retryable: true,
        details: { plugin, operation, waiting },
      },
    );
  }
}

/** A plugin has failed too often lately; it is left alone for a while. */
export class PluginTrippedError extends PluginError {
  readonly code = 'PLUGINS_TRIPPED';
  constructor(plugin: string, cause?: unknown) {
    super(`Plugin ${plugin} failed several times in a row and is left alone for a while.`, {
      hint: 'Try again later, or look at `phasegate plugins show` for its last error.',
      retryable: true,
      details: { plugin },
      cause,
    });
  }
}

/** A plugin has no such operation. */
export class UnknownOperationError extends PluginError {
  readonly code = 'PLUGINS_UNKNOWN_OPERATION';
  constructor(plugin: string, operation: string) {
    super(`Plugin ${plugin} has no operation "${operation}".`, {
      hint: 'Look at `phasegate plugins show` for what it can do.',
      details: { plugin, operation },
    });
  }
}

/** A phase's list of tools names something that cannot be one. */
export class ToolNotAllowedError extends PluginError {
  readonly code = 'PLUGINS_TOOL_NOT_ALLOWED';
  constructor(entry: string, why: string) {
    super(`"${entry}" cannot be a tool: ${why}.`, {
      hint: 'List each operation once, as "plugin-id/operation".',
      details: { entry },
    });
  }
}
