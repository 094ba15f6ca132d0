import { PhasegateError } from '../../kernel/index.ts';

/** The configured policy of plugins names something that no permission takes. */
export class UnusablePolicyError extends PhasegateError {
  readonly code = 'APP_UNUSABLE_POLICY';
  constructor(path: string, problem: string) {
    super(`The section [plugins.policy] cannot be used: ${path} wants ${problem}.`, {
      hint: 'Mend that key; docs/configuration.md lists what each may hold.',
      details: { path },
    });
  }
}

/** A folder that a plugin was to be written to holds something already, or cannot be written. */
export class UnusableFolderError extends PhasegateError {
  readonly code = 'APP_UNUSABLE_FOLDER';
  constructor(directory: string, problem: string, cause?: unknown) {
    super(`The plugin cannot be written to ${directory}: ${problem}.`, {
      hint: 'Name a folder that does not exist yet, in a place that this user may write to.',
      details: { directory },
      cause,
    });
  }
}

/** The folder holds another plugin than the one that was named. */
export class PluginMismatchError extends PhasegateError {
  readonly code = 'APP_PLUGIN_MISMATCH';
  constructor(wanted: string, found: string) {
    super(`The folder holds the plugin ${found}, not ${wanted}.`, {
      hint: `Name the folder of ${wanted}, or add ${found} with "phasegate plugins add".`,
      details: { wanted, found },
    });
  }
}

/** No version of a plugin is where a command needs one. */
export class NoSuchVersionError extends PhasegateError {
  readonly code = 'APP_NO_SUCH_VERSION';
  constructor(plugin: string, wanted: string, found: readonly string[]) {
    super(`Plugin ${plugin} has no version ${wanted}.`, {
      hint: `It has: ${found.join(', ')}. See "phasegate plugins show ${plugin}".`,
      details: { plugin, wanted },
    });
  }
}

/** The version has been added, and no scan, approval or enabling will make it answer as it is. */
export class PluginRejectedError extends PhasegateError {
  readonly code = 'APP_PLUGIN_REJECTED';
  constructor(plugin: string, state: string) {
    super(`Plugin ${plugin} is ${state}: it cannot be used as it is.`, {
      hint: `Look at what was found with "phasegate plugins show ${plugin}", mend it and raise its version.`,
      details: { plugin, state },
    });
  }
}

/** A key to sign plugins with cannot be read or written. */
export class UnusableKeyFileError extends PhasegateError {
  readonly code = 'APP_UNUSABLE_KEY_FILE';
  constructor(path: string, problem: string, cause?: unknown) {
    super(`The key file ${path} ${problem}.`, {
      hint: 'Name another file, or make a key with "phasegate plugins keygen NAME".',
      details: { path },
      cause,
    });
  }
}

/** The file that holds the bearer token of MCP clients cannot be used. */
export class UnusableTokenError extends PhasegateError {
  readonly code = 'APP_UNUSABLE_TOKEN';
  constructor(path: string, problem: string, cause?: unknown) {
    super(`The token file ${path} cannot be used: ${problem}.`, {
      hint: 'Put 32 random bytes in hexadecimal digits into a file with mode 0600, or remove it to have one made.',
      details: { path },
      cause,
    });
  }
}

/** The configuration binds a plugin to a gate that is not there. */
export class UnknownGateError extends PhasegateError {
  readonly code = 'APP_UNKNOWN_GATE';
  constructor(workflow: string, from: string, to: string) {
    super(`The workflow "${workflow}" has no transition from "${from}" to "${to}".`, {
      hint: 'Mend the entry in [plugins] gates: `phasegate graph` shows the transitions.',
      details: { workflow, from, to },
    });
  }
}

/** A mounted server was to be looked at again, and none is mounted under the id. */
export class NothingMountedError extends PhasegateError {
  readonly code = 'APP_NOTHING_MOUNTED';
  constructor(plugin: string) {
    super(`No MCP server is mounted as ${plugin}.`, {
      hint: 'Name its program with --command, or its address with --url.',
      details: { plugin },
    });
  }
}
