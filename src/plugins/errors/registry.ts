import { PluginError } from './plugin-error.ts';

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

/** A step of a version is another living process's. */
export class StepTakenError extends PluginError {
  readonly code = 'PLUGINS_STEP_TAKEN';
  constructor(digest: string, pid: number) {
    super(
      `Another process (${pid}) is in the middle of a step of version ${digest.slice(0, 12)}.`,
      {
        hint: 'Wait until it is done; a process that died is noticed within half a minute.',
        retryable: true,
        details: { digest, pid },
      },
    );
  }
}

/** A plugin needs another version of Phasegate. */
export class EngineMismatchError extends PluginError {
  readonly code = 'PLUGINS_ENGINE_MISMATCH';
  constructor(plugin: string, range: string, found: string) {
    super(`Plugin ${plugin} needs phasegate ${range}; this is ${found}.`, {
      hint: 'Install a version of the plugin that was made for this phasegate.',
      details: { plugin, range, found },
    });
  }
}

/** A plugin needs another plugin that is not active in a version that fits. */
export class MissingDependencyError extends PluginError {
  readonly code = 'PLUGINS_MISSING_DEPENDENCY';
  constructor(plugin: string, needed: string, found: string | undefined) {
    super(
      `Plugin ${plugin} needs ${needed}; ${found === undefined ? 'it is not active' : `${found} is active`}.`,
      {
        hint:
          found === undefined
            ? 'Add and enable what it needs first.'
            : `Enable a version that fits (\`phasegate plugins enable ID@VERSION\`), or do without ${plugin}.`,
        details: { plugin, needed, found: found ?? '' },
      },
    );
  }
}

/** Two plugins cannot be active at once. */
export class ConflictingPluginError extends PluginError {
  readonly code = 'PLUGINS_CONFLICT';
  constructor(plugin: string, other: string) {
    super(`Plugin ${plugin} cannot be active beside ${other}: its manifest names the conflict.`, {
      hint: 'Disable one of the two.',
      details: { plugin, other },
    });
  }
}

/** Plugins need each other in a circle; the message holds the whole path. */
export class CyclicPluginsError extends PluginError {
  readonly code = 'PLUGINS_CYCLE';
  constructor(path: readonly string[]) {
    super(`Plugins need each other in a circle: ${path.join(' → ')}.`, {
      hint: 'Take one of these requirements out of a manifest.',
      details: { path: path.join(' → ') },
    });
  }
}

/** A plugin is not in the registry. */
export class UnknownPluginError extends PluginError {
  readonly code = 'PLUGINS_UNKNOWN';
  /** @param wanted - `active` where one may be there, and none answers. */
  constructor(plugin: string, wanted: 'any' | 'active' = 'any') {
    const isAny = wanted === 'any';
    super(`There is no ${isAny ? '' : 'active '}plugin "${plugin}" in the registry.`, {
      hint: isAny
        ? 'Look at `phasegate plugins list`, or add it with `phasegate plugins add`.'
        : 'Look at `phasegate plugins list`: `phasegate plugins enable` makes one that is there answer, `phasegate plugins add` brings one in.',
      details: { plugin },
    });
  }
}

/** A plugin with this id comes from another publisher, or is older than what is there. */
export class AdmissionRefusedError extends PluginError {
  readonly code = 'PLUGINS_ADMISSION_REFUSED';
  constructor(plugin: string, why: string, hint: string) {
    super(`Plugin ${plugin} is not admitted: ${why}.`, { hint, details: { plugin } });
  }
}

/** A plugin must be approved by a person before it can be enabled. */
export class ApprovalNeededError extends PluginError {
  readonly code = 'PLUGINS_APPROVAL_NEEDED';
  constructor(plugin: string, state: string) {
    super(`Plugin ${plugin} is ${state} and has not been approved.`, {
      hint:
        state === 'rejected'
          ? 'Nobody can approve it as it is: mend what `phasegate plugins show` names, and add it again.'
          : 'Look at its scan with `phasegate plugins show`, then `phasegate plugins approve`.',
      details: { plugin, state },
    });
  }
}

/** Another plugin needs the one that is to change or go. */
export class DependentsBrokenError extends PluginError {
  readonly code = 'PLUGINS_DEPENDENTS_BROKEN';
  constructor(plugin: string, dependents: readonly string[]) {
    super(`Plugin ${plugin} is needed as it is by ${dependents.join(', ')}.`, {
      hint: 'Disable or upgrade these first.',
      details: { plugin, dependents: dependents.join(', ') },
    });
  }
}

/** A plugin was to be rolled back, and there is no step to go back to. */
export class NothingToRollBackError extends PluginError {
  readonly code = 'PLUGINS_NOTHING_TO_ROLL_BACK';
  constructor(plugin: string) {
    super(`Plugin ${plugin} cannot be rolled back: there is no step to go back to.`, {
      hint: 'Enable the version that is wanted by its number.',
      details: { plugin },
    });
  }
}

/** A plugin loads, but says of itself that it cannot work. */
export class UnhealthyPluginError extends PluginError {
  readonly code = 'PLUGINS_UNHEALTHY';
  constructor(plugin: string, status: string) {
    super(`Plugin ${plugin} is ${status} and is not made active.`, {
      hint: 'Check its settings and what it depends on, then enable it again.',
      details: { plugin, status },
    });
  }
}

/** An operator's settings do not suit a plugin. */
export class UnsuitableConfigError extends PluginError {
  readonly code = 'PLUGINS_UNSUITABLE_CONFIG';
  constructor(plugin: string, problems: readonly string[]) {
    super(`The settings of plugin ${plugin} cannot be used: ${problems.length} problems.`, {
      hint: 'Give settings that fit the schema in its manifest and its own rules.',
      details: { plugin, problems: problems.length },
    });
  }
}

/** A file of advisories cannot be used. */
export class InvalidAdvisoriesError extends PluginError {
  readonly code = 'PLUGINS_INVALID_ADVISORIES';
  constructor(cause?: unknown) {
    super('The file of advisories is not `{ fetchedAt, vulnerabilities }` in the OSV format.', {
      hint: 'Fetch it again; docs/plugins-scan.md shows what it looks like.',
      cause,
    });
  }
}

/** A rule of a scanner failed, so that nothing can be said of the plugin. */
export class ScanRuleError extends PluginError {
  readonly code = 'PLUGINS_SCAN_RULE_FAILED';
  constructor(rule: string, why: string, cause?: unknown) {
    super(`The scan rule "${rule}" cannot be used: ${why}.`, {
      hint: 'Mend the rule or take it out; without it no plugin is scanned.',
      details: { rule },
      cause,
    });
  }
}

/** A package cannot be signed or its signature cannot be looked at with these keys. */
export class UnusableKeyError extends PluginError {
  readonly code = 'PLUGINS_UNUSABLE_KEY';
  constructor(keyId: string, cause?: unknown) {
    super(`The key "${keyId}" is not an Ed25519 key in PEM, or the wrong half of one.`, {
      hint: '`phasegate plugins keygen NAME` makes both halves: NAME.pem signs, NAME.pub.pem is trusted by others.',
      details: { keyId },
      cause,
    });
  }
}

/** A trusted root of sigstore cannot be used. */
export class UnusableTrustedRootError extends PluginError {
  readonly code = 'PLUGINS_UNUSABLE_TRUSTED_ROOT';
  constructor(cause?: unknown) {
    super('The trusted root is not one of sigstore, with a certificate authority and both logs.', {
      hint: 'Fetch it again with `cosign trusted-root create --with-default-services`, or from the operator of your sigstore; docs/plugins-scan.md says more.',
      cause,
    });
  }
}
