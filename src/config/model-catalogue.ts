import type { z } from 'zod';

import { MissingVariableError, UnknownModelError } from './errors.ts';
import { formatPath, type Problem } from './problem.ts';
import { ModelEntry, ProviderEntry, type SettingsFile } from './schema.ts';
import { secretOf, type Secret } from './secret.ts';
import { inspect, type Inspection, type InspectionContext } from './toml/inspect.ts';
import { isTable } from './toml/layers.ts';
import { nearest } from './toml/nearest.ts';

/** Where a model is served, and how it is spoken to. */
export interface ProviderSettings {
  readonly name: string;
  /** `openai-compatible` is the chat-completions API of Ollama, vLLM and others, with or without a key. */
  readonly api: 'openai' | 'azure' | 'openai-compatible';
  readonly baseUrl: string;
  readonly apiKey: Secret<string> | undefined;
  /** Of Azure's classic API; undefined for its v1 API and everywhere else. */
  readonly apiVersion: string | undefined;
  /**
   * What becomes of data of persons in prompts. Undefined leaves it to where the server is: on this machine `allow`,
   * elsewhere `pseudonymise`.
   */
  readonly promptData: 'allow' | 'pseudonymise' | 'deny' | undefined;
  /** The types that this is about; undefined for identifiers and secrets. */
  readonly promptDataTypes: readonly string[] | undefined;
}

/** Everything that is needed to call one model. */
export interface ModelSettings {
  /** The name in the configuration, as given to `--model`. */
  readonly name: string;
  /** The provider's own name of the model. */
  readonly model: string;
  readonly provider: ProviderSettings;
  /** Undefined leaves the provider's default. */
  readonly temperature: number | undefined;
  readonly structuredMethod: 'json_schema' | 'function_calling' | 'json_mode';
  /** What question and answer may have together. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly price: {
    readonly inputUsdPerMillion: number;
    readonly outputUsdPerMillion: number;
    /** The day on which the prices were looked up: `2026-01-31`. */
    readonly pricedAt: string;
  };
  /** What one run may spend. */
  readonly budget: { readonly maxTokens: number; readonly maxCostUsd: number };
  readonly request: { readonly timeoutMs: number; readonly maxRepairs: number };
}

/** The configured models. Variables that only one of them needs matter when that one is selected. */
export interface ModelCatalogue {
  /** In alphabetical order. */
  readonly names: readonly string[];
  /**
   * Gives the settings of a model.
   *
   * @throws {@link UnknownModelError} if no model has that name; {@link MissingVariableError} if its settings or its
   * provider's refer to environment variables that are not set.
   */
  select(name: string): ModelSettings;
}

/** Providers and models, each held against its schema. */
export interface ModelEntries {
  readonly providers: ReadonlyMap<string, Inspection<ProviderEntry>>;
  readonly models: ReadonlyMap<string, Inspection<ModelEntry>>;
  readonly problems: readonly Problem[];
}

/** What the entries are read from. */
export type EntriesContext = Omit<InspectionContext, 'base'>;

/** Holds every provider and model against its schema, and each model against the providers. */
export function inspectModels(context: EntriesContext): ModelEntries {
  const { providers: providerParts, models: modelParts } = context.layers.value;
  const providers = inspectEntries(ProviderEntry, providerParts, {
    ...context,
    base: ['providers'],
  });
  const models = inspectEntries(ModelEntry, modelParts, { ...context, base: ['models'] });
  const problems = [...providers.values(), ...models.values()].flatMap((entry) => entry.problems);
  for (const [name, { value }] of models) {
    if (value === undefined || providers.has(value.provider)) continue;
    const path = ['models', name, 'provider'];
    const suggestion = nearest(value.provider, [...providers.keys()]);
    const help =
      suggestion === undefined
        ? `known: ${[...providers.keys()].join(', ')}.`
        : `did you mean "${suggestion}"?`;
    problems.push({
      kind: 'unknown-reference',
      place: context.layers.valueAt(path),
      path: formatPath(path),
      message: `no provider has this name; ${help}`,
    });
  }
  return { providers, models, problems };
}

/** Makes the catalogue of `entries` that have no problems; the limits come from `settings`. */
export function createModelCatalogue(
  entries: ModelEntries,
  settings: SettingsFile,
): ModelCatalogue {
  const names = Object.freeze([...entries.models.keys()].toSorted());
  const select = (name: string): ModelSettings => {
    const model = entries.models.get(name);
    if (model === undefined) throw new UnknownModelError(name, nearest(name, names), names);
    const entry = wholeOf(name, model);
    const provider = entries.providers.get(entry.provider);
    if (provider === undefined) throw new UnknownModelError(name, undefined, names);
    return settingsOf({
      name,
      entry,
      settings,
      provider: providerOf(entry.provider, wholeOf(name, provider)),
    });
  };
  return Object.freeze({ names, select });
}

function inspectEntries<Entry>(
  schema: z.ZodType<Entry>,
  parts: unknown,
  context: InspectionContext,
): ReadonlyMap<string, Inspection<Entry>> {
  // What is not a table at all is reported with the other settings.
  const entries = isTable(parts) ? Object.entries(parts) : [];
  return new Map(
    entries.map(([name, part]) => [
      name,
      inspect(schema, part, { ...context, base: [...context.base, name] }),
    ]),
  );
}

function wholeOf<Value>(name: string, { value, missing }: Inspection<Value>): Value {
  if (value === undefined) throw new MissingVariableError(name, missing);
  return value;
}

function providerOf(name: string, entry: ProviderEntry): ProviderSettings {
  const { api_key: key } = entry;
  return Object.freeze({
    name,
    api: entry.api,
    baseUrl: entry.base_url,
    apiKey: key === undefined || key === '' ? undefined : secretOf(() => key),
    apiVersion: entry.api_version,
    promptData: entry.prompt_data,
    promptDataTypes: entry.prompt_data_types,
  });
}

interface Selection {
  readonly name: string;
  readonly entry: ModelEntry;
  readonly settings: SettingsFile;
  readonly provider: ProviderSettings;
}

function settingsOf({ name, entry, settings, provider }: Selection): ModelSettings {
  return Object.freeze({
    name,
    model: entry.model,
    provider,
    temperature: entry.temperature,
    structuredMethod: entry.structured_output,
    contextTokens: entry.context_tokens,
    maxOutputTokens: entry.max_output_tokens,
    price: Object.freeze({
      inputUsdPerMillion: entry.price.input_usd_per_million_tokens,
      outputUsdPerMillion: entry.price.output_usd_per_million_tokens,
      pricedAt: entry.price.priced_at,
    }),
    budget: Object.freeze({
      maxTokens: settings.budget.max_tokens,
      maxCostUsd: settings.budget.max_cost_usd,
    }),
    request: Object.freeze({
      timeoutMs: settings.request.timeout_ms,
      maxRepairs: settings.request.max_repairs,
    }),
  });
}
