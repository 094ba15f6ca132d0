import { PluginError } from './plugin-error.ts';

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

function formatProblem(file: string, { path, message, line, column }: ManifestProblem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place} ${path === '' ? '' : `${path}: `}${message}`;
}
