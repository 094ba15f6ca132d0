import { resolve } from 'node:path';
import process from 'node:process';

import { deepFrozen, type JsonValue } from '../kernel/index.ts';
import { readSources } from './config-files.ts';
import { InvalidConfigError, SealKeyMissingError } from './errors.ts';
import { createModelCatalogue, inspectModels, type ModelCatalogue } from './model-catalogue.ts';
import type { Problem } from './problem.ts';
import { SettingsFile, type LogLevel } from './schema.ts';
import { readSealKey } from './seal-key.ts';
import { secretOf, type Secret } from './secret.ts';
import { auditSettingsOf, type AuditSettings } from './sections/audit-settings.ts';
import { complianceSettingsOf, type ComplianceSettings } from './sections/compliance-settings.ts';
import { mcpSettingsOf, type McpSettings } from './sections/mcp-settings.ts';
import { pluginSettingsOf, type PluginSettings } from './sections/plugin-settings.ts';
import { policySettingsOf, type PolicySettings } from './sections/policy-settings.ts';
import { recordsSettingsOf, type RecordsSettings } from './sections/records-settings.ts';
import { storageSettingsOf, type StorageSettings } from './storage-settings.ts';
import type { Environment } from './toml/expand.ts';
import { inspect, type Inspection } from './toml/inspect.ts';
import { isTable, layDocuments, type Layers } from './toml/layers.ts';
import { readToml, spotKey, type TomlDocument } from './toml/toml-document.ts';

/** The whole configuration, deeply frozen. Durations are milliseconds, money is US dollars. */
export interface Config {
  readonly profile: 'development' | 'production';
  /** Absolute path of the folder that holds state. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** The key that seals approvals: 32 bytes. Always there in production. */
  readonly sealKey: Secret<Uint8Array> | undefined;
  /** Where checkpoints, locks and the list of threads are kept. */
  readonly storage: StorageSettings;
  /** Where the audit trail is kept. */
  readonly audit: AuditSettings;
  /** Where plugins and their history are kept. */
  readonly records: RecordsSettings;
  readonly plugins: PluginSettings;
  /** The house's own rules as data. */
  readonly policy: PolicySettings;
  /** How standards are asked at gates. */
  readonly compliance: ComplianceSettings;
  readonly mcp: McpSettings;
  /** Parameters of the templates of workflows, by workflow. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
  readonly approval: { readonly validForMs: number };
  readonly phase: { readonly timeoutMs: number };
  readonly thread: { readonly leaseMs: number };
  readonly tracing: {
    readonly requestTimeoutMs: number;
    readonly flushTimeoutMs: number;
    /** Where spans are sent by OTLP over HTTP; undefined for nowhere. */
    readonly otlp:
      | { readonly endpoint: string; readonly authorization: Secret<string> | undefined }
      | undefined;
  };
  readonly models: ModelCatalogue;
  /** What works in a phase whose model has failed for good. */
  readonly fallback: 'none' | 'simulated';
  /** The files that were read, lowest layer first. */
  readonly files: readonly string[];
}

/** Where the configuration comes from. */
export interface LoadOptions {
  /** A folder with `default.toml`, `llm.toml` or both, which override the built-in ones key by key. */
  readonly directory?: string | undefined;
  /** The process's own environment unless given. */
  readonly environment?: Environment;
  /** Where relative paths begin and `phasegate.toml` is looked for; the process's own unless given. */
  readonly workingDirectory?: string;
  /** What the caller asks for above every file and variable, such as command-line options. */
  readonly overrides?: {
    readonly dataDir?: string | undefined;
    readonly logLevel?: string | undefined;
    readonly fallback?: string | undefined;
  };
}

/**
 * Reads the configuration. Layers, each overriding the one before key by key: the files of the package, the
 * `phasegate.toml` of the working directory, the files of `directory`, PHASEGATE_* variables, `overrides`.
 *
 * @throws {@link InvalidConfigError} with every problem and its place; {@link UnreadableConfigError} for a folder or
 * file that cannot be read; {@link SealKeyMissingError} in production without a sealing key.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<Config> {
  const environment = options.environment ?? process.env;
  const workingDirectory = resolve(options.workingDirectory ?? '.');
  const { sources, problems: strays } = await readSources(workingDirectory, options.directory);
  const results = sources.map(({ name, bytes }) => readToml(name, bytes));
  const broken = results.filter((result) => 'kind' in result);
  const documents = results.filter((result) => 'spots' in result);
  const layers = layDocuments([...documents, ...namedLayers(environment, options)]);
  const settings = inspectSettings(layers, environment);
  const entries = inspectModels({ layers, environment });
  const found = [...layers.problems, ...settings.problems, ...entries.problems];
  const problems = [
    ...strays,
    ...broken,
    ...(broken.length === 0 ? found : found.filter(isPresent)),
  ];
  if (settings.value === undefined || problems.length > 0) {
    throw new InvalidConfigError(problems.toSorted(byPlace));
  }
  return configOf(settings.value, {
    sealKey: sealKeyOf(settings.value),
    dataDir: resolve(workingDirectory, settings.value.data_dir),
    models: createModelCatalogue(entries, settings.value),
    files: Object.freeze(sources.map(({ name }) => name)),
    plugins: pluginSettingsOf(settings.value.plugins, environment),
    policy: policySettingsOf(settings.value.policy, workingDirectory),
    compliance: complianceSettingsOf(settings.value.compliance, workingDirectory),
    audit: auditSettingsOf(settings.value.audit, workingDirectory),
  });
}

/** What a file with a syntax error would have supplied cannot be called missing. */
function isPresent({ kind }: Problem): boolean {
  return kind !== 'missing-key' && kind !== 'unknown-reference';
}

function sealKeyOf({ profile, seal_key: text }: SettingsFile): Secret<Uint8Array> | undefined {
  const key = text === undefined ? undefined : readSealKey(text);
  if (key === undefined && profile === 'production') throw new SealKeyMissingError();
  return key;
}

/** Variables and options that stand for one key each. */
function namedLayers(
  environment: Environment,
  { overrides = {} }: LoadOptions,
): readonly TomlDocument[] {
  const variable = (name: string, key: string): readonly TomlDocument[] =>
    named(`environment variable ${name}`, key, environment[name]);
  return [
    ...variable('PHASEGATE_PROFILE', 'profile'),
    ...variable('PHASEGATE_DATA_DIR', 'data_dir'),
    ...variable('PHASEGATE_LOG_LEVEL', 'log_level'),
    ...variable('PHASEGATE_SEAL_KEY', 'seal_key'),
    ...named('option --data-dir', 'data_dir', overrides.dataDir),
    ...named('option --log-level', 'log_level', overrides.logLevel),
    ...named('option --fallback', 'fallback', overrides.fallback),
  ];
}

function named(source: string, key: string, text: string | undefined): readonly TomlDocument[] {
  if (text === undefined || text === '') return [];
  // The text is meant as it stands: a `${` in it begins no variable.
  const value = { [key]: text.replaceAll('${', () => '$${') };
  return [{ value, spots: new Map([[spotKey([key]), { key: { source }, value: { source } }]]) }];
}

/** Everything but the insides of providers and models, whose variables matter only when one is selected. */
function inspectSettings(layers: Layers, environment: Environment): Inspection<SettingsFile> {
  const { providers, models } = layers.value;
  const outline = { ...layers.value, providers: namesIn(providers), models: namesIn(models) };
  const inspection = inspect(SettingsFile, outline, { layers, environment, base: [] });
  const missing = inspection.missing.map(({ variable, place, path }): Problem => ({
    kind: 'missing-variable',
    place,
    path,
    message: `environment variable ${variable} is not set. Set it, or write a default: \${${variable}:-default}.`,
  }));
  return { ...inspection, problems: [...inspection.problems, ...missing] };
}

function namesIn(entries: unknown): unknown {
  if (!isTable(entries)) return entries;
  return Object.fromEntries(Object.keys(entries).map((name) => [name, true]));
}

function byPlace(one: Problem, other: Problem): number {
  if ('source' in one.place || 'source' in other.place) {
    return Number('source' in one.place) - Number('source' in other.place);
  }
  const byFile = one.place.file.localeCompare(other.place.file, 'en');
  return byFile || one.place.line - other.place.line || one.place.column - other.place.column;
}

function configOf(
  file: SettingsFile,
  resolved: Pick<
    Config,
    'sealKey' | 'dataDir' | 'models' | 'files' | 'plugins' | 'audit' | 'policy' | 'compliance'
  >,
): Config {
  return Object.freeze({
    ...resolved,
    profile: file.profile,
    logLevel: file.log_level,
    fallback: file.fallback,
    storage: storageSettingsOf(file.storage),
    records: recordsSettingsOf(file.records),
    mcp: mcpSettingsOf(file.mcp),
    parameters: deepFrozen(file.parameters),
    approval: Object.freeze({ validForMs: file.approval.valid_for_ms }),
    phase: Object.freeze({ timeoutMs: file.phase.timeout_ms }),
    thread: Object.freeze({ leaseMs: file.thread.lease_ms }),
    tracing: Object.freeze({
      requestTimeoutMs: file.tracing.request_timeout_ms,
      flushTimeoutMs: file.tracing.flush_timeout_ms,
      otlp: otlpOf(file.tracing),
    }),
  });
}

function otlpOf({
  otlp_endpoint: endpoint,
  otlp_authorization: authorization,
}: SettingsFile['tracing']): Config['tracing']['otlp'] {
  if (endpoint === '') return undefined;
  const header = authorization === '' ? undefined : secretOf(() => authorization);
  return Object.freeze({ endpoint, authorization: header });
}
