import { z } from 'zod';

import {
  frozenJson,
  type Clock,
  type Facts,
  type JsonValue,
  type Logger,
} from '../../kernel/index.ts';
import { deniedBy, type Layer, type Wish } from '../access/allows.ts';
import type { HostRequest, Limits, PluginHost } from '../contract/index.ts';
import { PluginDeniedError, PluginHostError, PluginLimitError } from '../errors/index.ts';
import { GuardedHost, type BehindHost } from './call-guard.ts';
import { guardedFetch, portOf, type Resolver } from './guarded-fetch.ts';
import { readPluginFile, soundPath, writePluginFile, type FileRules } from './plugin-files.ts';

/** What stands behind the host's calls. What is left out cannot be done, whatever was granted. */
export interface HostServices {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Random bytes in hexadecimal digits. */
  readonly randomHex: (bytes: number) => string;
  /** The folder for a plugin's files, below which its paths are. */
  readonly directory?: string;
  /** Kibibytes that all its files may take together, in blocks of 4 KiB; 16,384 unless told. */
  readonly filesQuotaKb?: number;
  /** What an auth handle stands for; undefined when there is none. */
  readonly secret?: (handle: string) => Promise<string | undefined>;
  readonly env?: (name: string) => string | undefined;
  readonly state?: {
    get(key: string): Promise<JsonValue>;
    /** @throws PLUGINS_LIMIT past the quota. */
    set(key: string, value: JsonValue): Promise<void>;
  };
  /** Calls another plugin's operation with the rights of the same caller. */
  readonly callTool?: (target: ToolTarget, input: JsonValue) => Promise<JsonValue>;
  /** Which version of a plugin would answer. */
  readonly versionOf?: (plugin: string) => Promise<string | undefined>;
  readonly complete?: (request: {
    readonly model: string;
    readonly prompt: string;
  }) => Promise<string>;
  /** US dollars that models have cost in this call so far; 0 unless told. */
  readonly spentUsd?: () => number;
  readonly emit?: (name: string, facts: Facts) => Promise<void>;
  readonly progress?: (facts: Facts) => void;
  /** Hosts (`name:port`) that may be reached although their addresses are private. */
  readonly privateHosts?: readonly string[];
  readonly resolve?: Resolver;
}

/** An operation of another plugin. */
export interface ToolTarget {
  readonly plugin: string;
  readonly operation: string;
}

/** Who a host is made for. */
export interface HostParts {
  readonly plugin: string;
  readonly limits: Limits;
  /** All of them have to allow each call. */
  readonly layers: readonly Layer[];
  readonly services: HostServices;
  /** Asked for when it is needed: most calls ask nothing of their host. */
  readonly signal: AbortSignal;
}

const DEFAULT_FILES_KB = 16_384;
const Text = z.string().max(1024 * 1024);
const Name = z.string().min(1).max(200);
const FactsShape = z.record(Name, z.union([z.string().max(1000), z.number(), z.boolean()]));
const Request = z.strictObject({
  url: z.string().max(8192),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  headers: z.record(Name, z.string().max(8192)).optional(),
  body: Text.optional(),
  auth: z
    .strictObject({ secret: Name, header: Name.optional(), scheme: z.string().max(64).optional() })
    .optional(),
});
const Completion = z.strictObject({ model: Name, prompt: Text });

/**
 * Makes the host that one call of a plugin gets. Every call is parsed, counted and held against all layers before anything is
 * done; what was not granted is refused in the same words whether it exists or not.
 */
export function createHost(parts: HostParts): PluginHost {
  return Object.freeze(new GuardedHost(parts, behindHost));
}

function behindHost(parts: HostParts): BehindHost {
  const { plugin, limits, services } = parts;
  const guard = createGuard(parts);
  const files = (call: string): FileRules => {
    if (services.directory === undefined)
      throw new PluginHostError(plugin, call, 'it has no folder');
    const { directory, filesQuotaKb = DEFAULT_FILES_KB } = services;
    const quotaBytes = filesQuotaKb * 1024;
    return { plugin, directory, maxBytes: limits.outputKb * 1024, quotaBytes };
  };
  const calls = counted(parts, {
    fetch: async (given) => {
      const request = guard.parse(Request, given) as HostRequest;
      return await guardedFetch(request, {
        plugin,
        signal: parts.signal,
        maxBytes: limits.outputKb * 1024,
        privateHosts: services.privateHosts ?? [],
        demand: (url, method) =>
          guard.demand({ permission: 'net', host: url.hostname, port: portOf(url), method }),
        secret: (handle) => secretOf(parts, guard, handle),
        ...(services.resolve === undefined ? {} : { resolve: services.resolve }),
      });
    },
    readFile: async (given) => {
      const path = soundPath(plugin, guard.parse(Name, given));
      guard.demand({ permission: 'fs.read', path });
      return await readPluginFile(files('readFile'), path);
    },
    writeFile: async (given, text) => {
      const path = soundPath(plugin, guard.parse(Name, given));
      guard.demand({ permission: 'fs.write', path });
      await writePluginFile(files('writeFile'), path, guard.parse(z.string(), text));
    },
    env: async (given) => {
      const name = guard.parse(Name, given);
      guard.demand({ permission: 'env', name });
      return services.env?.(name) ?? null;
    },
    ...outward(parts, guard),
    ...inward(parts, guard),
  });
  const { demand } = guard;
  return {
    calls,
    guard: {
      demand,
      get signal() {
        return parts.signal;
      },
    },
  };
}

type Outward = Pick<PluginHost, 'callTool' | 'complete' | 'emit'>;

function outward({ plugin, services }: HostParts, guard: Guard): Outward {
  return {
    callTool: async (given, input) => {
      const [target = '', operation = '', ...rest] = guard.parse(Name, given).split('/');
      const version = (await services.versionOf?.(target)) ?? '0.0.0';
      guard.demand({ permission: 'tools', plugin: target, version, operation });
      if (services.callTool === undefined || rest.length > 0)
        throw new PluginHostError(plugin, 'callTool', 'there is no such tool');
      return await services.callTool({ plugin: target, operation }, frozenJson(input));
    },
    complete: async (given) => {
      const request = guard.parse(Completion, given);
      guard.demand({ permission: 'llm', name: request.model });
      if (services.complete === undefined)
        throw new PluginHostError(plugin, 'complete', 'no model is configured for plugins');
      return await services.complete(request);
    },
    emit: async (given, facts) => {
      const name = guard.parse(Name, given);
      guard.demand({ permission: 'events', name });
      await services.emit?.(name, guard.parse(FactsShape, facts));
    },
  };
}

type Inward = Pick<PluginHost, 'getState' | 'setState' | 'now' | 'random' | 'progress' | 'log'>;

function inward({ plugin, services }: HostParts, guard: Guard): Inward {
  const state = (call: string): NonNullable<HostServices['state']> => {
    guard.demand({ permission: 'state' });
    if (services.state === undefined)
      throw new PluginHostError(plugin, call, 'nothing is kept here');
    return services.state;
  };
  return {
    getState: async (key) => await state('getState').get(guard.parse(Name, key)),
    setState: async (key, value) =>
      await state('setState').set(guard.parse(Name, key), frozenJson(value)),
    now: async () => {
      guard.demand({ permission: 'time' });
      return services.clock.now();
    },
    random: async (bytes) => {
      const wanted = guard.parse(z.int().min(1).max(64), bytes);
      guard.demand({ permission: 'random' });
      return services.randomHex(wanted);
    },
    progress: async (facts) => services.progress?.(guard.parse(FactsShape, facts)),
    log: async (event, facts = {}) => {
      const name = guard.parse(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), event);
      services.logger.info('plugin-log', {
        plugin,
        event: name,
        ...numbersOf(guard.parse(FactsShape, facts)),
      });
    },
  };
}

/** Every call counts, also one that is refused. */
function counted(parts: HostParts, host: PluginHost): PluginHost {
  const { plugin, limits } = parts;
  let calls = 0;
  const count =
    (run: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]): Promise<unknown> => {
      if (parts.signal.aborted) throw new PluginHostError(plugin, 'host', 'the call was stopped');
      if (++calls > limits.hostCalls)
        throw new PluginLimitError(plugin, 'hostCalls', limits.hostCalls);
      return await run(...args);
    };
  const all: Record<string, (...args: never[]) => Promise<unknown>> = {};
  for (const name in host) all[name] = count(host[name as keyof PluginHost]);
  return Object.freeze(all) as unknown as PluginHost;
}

interface Guard {
  /** Gives what a call was called with when it fits. */
  parse<Value>(schema: z.ZodType<Value>, given: unknown): Value;
  demand(wish: Wish): void;
}

function createGuard({ plugin, layers }: HostParts): Guard {
  return {
    parse: (schema, given) => {
      const parsed = schema.safeParse(given);
      if (parsed.success) return parsed.data;
      throw new PluginHostError(plugin, 'host', 'it was called with something else than it takes');
    },
    demand: (wish) => {
      const layer = deniedBy(layers, wish);
      if (layer !== undefined) throw new PluginDeniedError(plugin, wish.permission, WHY[layer]);
    },
  };
}

const WHY = {
  manifest: 'its manifest does not ask for it',
  grant: 'it was not granted',
  policy: 'the policy of this installation forbids it',
  caller: 'the caller may not do it',
} as const;

async function secretOf(
  { plugin, services }: HostParts,
  guard: Guard,
  handle: string,
): Promise<string> {
  guard.demand({ permission: 'secrets', name: handle });
  const value = await services.secret?.(handle);
  if (value === undefined) throw new PluginHostError(plugin, 'fetch', 'the secret is not there');
  return value;
}

/** A plugin's own words do not go into the log: they may hold what it was given to work on. */
function numbersOf(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => typeof value !== 'string'));
}
