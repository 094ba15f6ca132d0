import { silentLogger, systemClock, type JsonValue } from '../../kernel/index.ts';
import type {
  HostRequest,
  HostResponse,
  LoadedPlugin,
  Manifest,
  PluginHost,
  PluginPackage,
  PluginRuntime,
} from '../contract/index.ts';
import { compileSchemas } from '../executor/compile-schemas.ts';
import { UnknownOperationError } from '../errors/index.ts';
import { createHost } from '../host/index.ts';
import { createTrustedRuntime } from '../sandbox/index.ts';
import type { ConformanceRun } from './kind.ts';

/** What a plugin is tried with. */
export interface ConformanceRunOptions {
  /** Runs the code; in this process unless told, which only suits code that is trusted. */
  readonly runtime?: PluginRuntime;
  /** Plugins whose operations the plugin calls. */
  readonly others?: readonly PluginPackage[];
  /** Settings for `initialize`. */
  readonly config?: JsonValue;
  /** Answers the plugin's requests in place of the network; 200 with `{}` unless told. */
  readonly answer?: (request: HostRequest) => HostResponse;
}

/** A run that is closed when the suite is done. */
export interface OpenConformanceRun extends ConformanceRun, AsyncDisposable {}

/**
 * Loads a plugin for its conformance suite. It gets what its manifest asks for, without a network and without secrets: its
 * requests are answered by `answer` and kept.
 */
export async function openConformanceRun(
  plugin: PluginPackage,
  options: ConformanceRunOptions = {},
): Promise<OpenConformanceRun> {
  const { runtime = createTrustedRuntime(), others = [], config = {} } = options;
  const { manifest } = plugin;
  const loaded = await runtime.load(plugin, manifest.limits);
  const requests: HostRequest[] = [];
  const host = (): PluginHost => hostOf(plugin, options, { others, requests });
  const signal = new AbortController().signal;
  await loaded.initialize(config, { host: host(), signal });
  const schemas = schemasOf(manifest);
  return {
    requests: () => [...requests],
    call: async (operation, input) => {
      const fits = schemas.get(operation);
      if (fits === undefined) throw new UnknownOperationError(manifest.id, operation);
      fits.demandInput(input);
      const { output } = await loaded.execute({ operation, input, host: host(), signal });
      fits.demandOutput(output);
      return output;
    },
    [Symbol.asyncDispose]: async () => await closed(loaded, options.runtime === undefined, runtime),
  };
}

type Schemas = ReturnType<typeof compileSchemas>;
const compiled = new WeakMap<Manifest, Schemas>();

/** A plugin that others call is opened for each call; its schemas need not be compiled each time. */
function schemasOf(manifest: Manifest): Schemas {
  const schemas = compiled.get(manifest) ?? compileSchemas(manifest);
  compiled.set(manifest, schemas);
  return schemas;
}

async function closed(loaded: LoadedPlugin, own: boolean, runtime: PluginRuntime): Promise<void> {
  await loaded.close();
  if (own) await runtime.close();
}

interface Surroundings {
  readonly others: readonly PluginPackage[];
  readonly requests: HostRequest[];
}

function hostOf(
  { manifest }: PluginPackage,
  { answer = () => ({ status: 200, headers: {}, body: '{}' }) }: ConformanceRunOptions,
  { others, requests }: Surroundings,
): PluginHost {
  const host = createHost({
    plugin: manifest.id,
    limits: manifest.limits,
    layers: [{ name: 'manifest', permissions: manifest.permissions }],
    services: {
      clock: { now: () => FIXED_AT, monotonicMs: systemClock.monotonicMs },
      logger: silentLogger,
      randomHex: (bytes) => '5a'.repeat(bytes),
      versionOf: async (id) => others.find((other) => other.manifest.id === id)?.manifest.version,
      callTool: async ({ plugin, operation }, input) => {
        const other = others.find(({ manifest: { id } }) => id === plugin);
        if (other === undefined) throw new UnknownOperationError(plugin, operation);
        await using run = await openConformanceRun(other, { others });
        return await run.call(operation, input);
      },
    },
    signal: new AbortController().signal,
  });
  const fetch = (request: HostRequest): Promise<HostResponse> => {
    requests.push(request);
    return Promise.resolve(answer(request));
  };
  return { ...host, fetch };
}

/** The same instant in every run, so that two runs can be compared. */
const FIXED_AT = '2026-01-15T09:30:00.000Z';
