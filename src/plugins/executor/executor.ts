import { digestOf, frozenJson, isPhasegateError, type JsonValue } from '../../kernel/index.ts';
import type { Operation, Permissions, PluginHost, RuntimeUsage } from '../contract/index.ts';
import { applyDataPolicy, type DataDirection, type DataPolicy } from '../data/index.ts';
import {
  CallRefusedError,
  PersonalDataRefusedError,
  PluginAbortedError,
  SchemaMismatchError,
  UnknownOperationError,
  UnknownPluginError,
} from '../errors/index.ts';
import { createHost, type HostServices } from '../host/index.ts';
import type { ActivePlugin, RegistryParts } from '../registry/registry-parts.ts';
import { activeOf } from '../registry/version-records.ts';
import { createCallEnd, type CallEnd } from './call-end.ts';
import { claimFor, finishCall, outputOfBefore, releaseClaim } from './call-effects.ts';
import { layersOf, readRights, type Rights } from './call-rights.ts';
import { compileSchemas, type OperationSchemas } from './compile-schemas.ts';
import type { EffectOutputs } from './effect-outputs.ts';
import type { Claim } from './effects.ts';
import type { ExecutionLog } from './execution-log.ts';
import type { LoadedPlugins } from './loaded-plugins.ts';
import type { OperationCall, OperationResult } from './operation-call.ts';

/** What the executor works with. */
export interface ExecutorParts extends RegistryParts {
  readonly loaded: LoadedPlugins;
  readonly log: ExecutionLog;
  readonly outputs: EffectOutputs;
  /** What this installation allows at most, whatever was granted. */
  readonly policy: Permissions;
  /** What data of persons may go to plugins and come from them; only the defaults hold unless told. */
  readonly data?: DataPolicy;
  readonly services: (plugin: ActivePlugin, call: OperationCall) => HostServices;
}

/** The one way to every operation: tools, MCP, other plugins and the command line all come through here. */
export interface Executor {
  /**
   * Calls an operation: stop, state, role, schema, approval, effect, breaker, sandbox, schema, record; in this order.
   *
   * @throws PLUGINS_*; each refusal says what, why and what to do, and never holds what a plugin or a caller has said.
   */
  execute(call: OperationCall): Promise<OperationResult>;
  /** Gives the version of a plugin that answers calls, from memory while nothing has changed. */
  active(id: string): Promise<ActivePlugin | undefined>;
}

interface Snapshot {
  readonly revision: number;
  readonly rights: Rights;
  readonly plugins: Map<string, ActivePlugin | undefined>;
}

/** Opens the executor. */
export function createExecutor(parts: ExecutorParts): Executor {
  return new ChokePoint(parts);
}

class ChokePoint implements Executor {
  readonly #parts: ExecutorParts;
  readonly #schemas = new Map<string, ReadonlyMap<string, OperationSchemas>>();
  #snapshot: Snapshot | undefined;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
  }

  async execute(call: OperationCall): Promise<OperationResult> {
    demandEnd(call);
    const snapshot = await this.#current();
    const { rights } = snapshot;
    const plugin = await this.#activeIn(snapshot, call.plugin);
    if (plugin === undefined) throw new UnknownPluginError(call.plugin, 'active');
    const operation = operationOf(plugin, call.operation);
    this.#parts.log.demandRoom(plugin.version.id, operation);
    try {
      return await this.#run({ plugin, operation, rights, call });
    } catch (error) {
      const fallback = operation.sideEffects ? undefined : operation.fallback;
      if (fallback === undefined || !isFailure(error)) throw error;
      // A declared fallback answers in place of what failed, under the same rights.
      return await this.#run({ plugin, operation: operationOf(plugin, fallback), rights, call });
    }
  }

  async active(id: string): Promise<ActivePlugin | undefined> {
    return await this.#activeIn(await this.#current(), id);
  }

  async #activeIn({ plugins }: Snapshot, id: string): Promise<ActivePlugin | undefined> {
    if (!plugins.has(id)) plugins.set(id, await activeOf(this.#parts.database.reader, id));
    return plugins.get(id);
  }

  /** What was read stays true until someone, in any process, writes. */
  async #current(): Promise<Snapshot> {
    const { database } = this.#parts;
    const revision = await database.revision();
    if (this.#snapshot?.revision === revision) return this.#snapshot;
    const rights = await readRights(database.reader);
    this.#snapshot = { revision, rights, plugins: new Map() };
    return this.#snapshot;
  }

  async #run(turn: Turn): Promise<OperationResult> {
    const { plugin, operation, call } = turn;
    const input = frozenJson(call.input, 'input');
    const inputDigest = digestOf(input);
    const record = { plugin, operation: operation.name, call, inputDigest };
    const started = this.#parts.clock.monotonicMs();
    const held: Held = { claim: undefined, costUsd: () => 0 };
    // However it ends: nothing that the plugin asked its host for goes on after it.
    const ended = createCallEnd(call.signal);
    try {
      const attempt = { ...turn, input, inputDigest, held, ended };
      const result = await this.#perform(attempt);
      const { output, usage, repeated } = result;
      const costUsd = held.costUsd();
      if (!repeated)
        this.#parts.log.add({ ...record, effect: held.claim?.key, usage, costUsd, output });
      return result;
    } catch (error) {
      const usage = { wallMs: this.#parts.clock.monotonicMs() - started, outputBytes: 0 };
      const costUsd = held.costUsd();
      this.#parts.log.add({ ...record, effect: held.claim?.key, error, usage, costUsd });
      if (held.claim?.kind === 'begin' && neverRan(error))
        await releaseClaim(this.#parts, held.claim);
      if (isRefusal(error)) await this.#recordRefusal(turn, error.code);
      throw error;
    } finally {
      ended.end();
    }
  }

  async #perform(attempt: Attempt): Promise<OperationResult> {
    const { plugin, operation, rights, call, held } = attempt;
    const { version } = plugin;
    const { policy } = this.#parts;
    const layers = layersOf(plugin, operation.name, { rights, caller: call.caller, policy });
    const schemas = this.#schemasOf(plugin, operation.name);
    const input = this.#letPass('arguments', attempt, attempt.input);
    schemas.demandInput(input);
    if (operation.sideEffects) held.claim = await claimFor(this.#parts, attempt);
    if (held.claim?.kind === 'done') {
      const output = await outputOfBefore(this.#parts, held.claim, attempt);
      return resultOf(attempt, output, { repeated: true });
    }
    const { signal = NEVER, progress } = call;
    const services = this.#parts.services(plugin, call);
    held.costUsd = services.spentUsd ?? held.costUsd;
    const host: PluginHost = createHost({
      plugin: version.id,
      limits: version.manifest.limits,
      layers,
      services: progress === undefined ? services : { ...services, progress },
      get signal() {
        return attempt.ended.signal;
      },
    });
    const { output, usage } = await this.#parts.loaded.use(plugin, async (loaded) => {
      const result = await loaded.execute({ operation: operation.name, input, host, signal });
      schemas.demandOutput(result.output);
      return { ...result, output: this.#letPass('results', attempt, result.output) };
    });
    if (held.claim !== undefined) await finishCall(this.#parts, held.claim.key, output);
    return resultOf(attempt, output, { usage });
  }

  #letPass(direction: DataDirection, { plugin, operation }: Turn, value: JsonValue): JsonValue {
    const { policy, data = { rules: [] } } = this.#parts;
    const { id, manifest, grant } = plugin.version;
    const granted = manifest.permissions.net !== undefined && grant?.net !== undefined;
    const place = {
      plugin: id,
      operation: operation.name,
      direction,
      reachesOut: granted && policy.net !== undefined,
    };
    return applyDataPolicy(value, place, data);
  }

  async #recordRefusal({ plugin, operation, call }: Turn, code: string): Promise<void> {
    await this.#parts.events.record({
      key: `plugins/refusal/${this.#parts.ids.next()}`,
      kind: 'plugin-refusal',
      caller: call.caller,
      plugin: plugin.version.id,
      digest: plugin.version.digest,
      outcome: 'refused',
      facts: { operation: operation.name, code },
    });
  }

  #schemasOf({ version }: ActivePlugin, operation: string): OperationSchemas {
    let compiled = this.#schemas.get(version.digest);
    if (compiled === undefined) {
      compiled = compileSchemas(version.manifest);
      this.#schemas.set(version.digest, compiled);
    }
    const schemas = compiled.get(operation);
    if (schemas === undefined) throw new UnknownOperationError(version.id, operation);
    return schemas;
  }
}

const NEVER = new AbortController().signal;

/** Plugins that call one another in a circle would go on until their time is over, each holding what it runs in. */
const MAX_THROUGH = 8;

function demandEnd({ plugin, operation, through = [] }: OperationCall): void {
  if (through.length < MAX_THROUGH) return;
  const path = [...through, `${plugin}/${operation}`].join(' → ');
  throw new CallRefusedError(
    plugin,
    operation,
    `plugins may call one another ${MAX_THROUGH} deep, and this is ${path}`,
  );
}

/** What is recorded in the audit trail: that somebody tried what is not allowed. */
function isRefusal(error: unknown): error is CallRefusedError | PersonalDataRefusedError {
  return error instanceof CallRefusedError || error instanceof PersonalDataRefusedError;
}

interface Turn {
  readonly plugin: ActivePlugin;
  readonly operation: Operation;
  readonly rights: Rights;
  readonly call: OperationCall;
}

/** What a call has come to so far: its claim, and what it has cost. */
interface Held {
  claim: Claim | undefined;
  costUsd: () => number;
}

interface Attempt extends Turn {
  readonly input: JsonValue;
  readonly inputDigest: string;
  readonly held: Held;
  readonly ended: CallEnd;
}

function operationOf({ version }: ActivePlugin, name: string): Operation {
  const found = version.manifest.contributes.operations.find(
    (operation) => operation.name === name,
  );
  if (found === undefined) throw new UnknownOperationError(version.id, name);
  return found;
}

function resultOf(
  { plugin, operation }: Turn,
  output: JsonValue,
  {
    usage = { wallMs: 0, outputBytes: 0 },
    repeated = false,
  }: { usage?: RuntimeUsage; repeated?: boolean },
): OperationResult {
  return { output, operation: operation.name, digest: plugin.version.digest, usage, repeated };
}

/** What a fallback may answer for: the plugin's own failures, and neither refusals nor cancellations. */
function isFailure(error: unknown): boolean {
  if (!isPhasegateError(error) || error instanceof PluginAbortedError) return false;
  if (error instanceof SchemaMismatchError) return error.details['side'] === 'output';
  return FAILURES.has(error.code);
}

const FAILURES = new Set(['PLUGINS_FAILED', 'PLUGINS_CRASHED', 'PLUGINS_LIMIT', 'PLUGINS_BUSY']);

/** Whether the plugin's code certainly did not begin. */
function neverRan(error: unknown): boolean {
  return isPhasegateError(error) && NOT_BEGUN.has(error.code);
}

const NOT_BEGUN = new Set([
  'PLUGINS_TRIPPED',
  'PLUGINS_BUSY',
  'PLUGINS_CLOSED',
  'PLUGINS_LOAD_FAILED',
]);
