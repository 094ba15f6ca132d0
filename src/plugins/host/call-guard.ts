import type { Wish } from '../access/allows.ts';
import type { PluginHost } from '../contract/index.ts';
import { PluginDeniedError } from '../errors/index.ts';

/** What code of Phasegate itself asks of the host of a call, where no call of the host stands for it. */
export interface CallGuard {
  /** @throws {@link PluginDeniedError} unless every layer allows it. */
  demand(wish: Wish): void;
  /** Ends with the call. */
  readonly signal: AbortSignal;
}

/** What stands behind the host of a call. */
export interface BehindHost {
  readonly calls: PluginHost;
  readonly guard: CallGuard;
}

/**
 * The host of a call. Most calls ask nothing of it, so what stands behind it is made when something is asked: that takes longer
 * than all else that a small trusted plugin needs.
 */
export class GuardedHost<Parts> implements PluginHost {
  readonly #parts: Parts;
  readonly #make: (parts: Parts) => BehindHost;
  #made: BehindHost | undefined;

  constructor(parts: Parts, make: (parts: Parts) => BehindHost) {
    this.#parts = parts;
    this.#make = make;
  }

  static behind(host: PluginHost): BehindHost | undefined {
    return #made in host ? host.#behind() : undefined;
  }

  // Members of its own: plugins may take them apart from it.
  readonly fetch: PluginHost['fetch'] = (request) => this.#calls().fetch(request);
  readonly readFile: PluginHost['readFile'] = (path) => this.#calls().readFile(path);
  readonly writeFile: PluginHost['writeFile'] = (path, text) => this.#calls().writeFile(path, text);
  readonly env: PluginHost['env'] = (name) => this.#calls().env(name);
  readonly callTool: PluginHost['callTool'] = (name, input) => this.#calls().callTool(name, input);
  readonly complete: PluginHost['complete'] = (request) => this.#calls().complete(request);
  readonly getState: PluginHost['getState'] = (key) => this.#calls().getState(key);
  readonly setState: PluginHost['setState'] = (key, value) => this.#calls().setState(key, value);
  readonly emit: PluginHost['emit'] = (name, facts) => this.#calls().emit(name, facts);
  readonly now: PluginHost['now'] = () => this.#calls().now();
  readonly random: PluginHost['random'] = (bytes) => this.#calls().random(bytes);
  readonly progress: PluginHost['progress'] = (facts) => this.#calls().progress(facts);
  readonly log: PluginHost['log'] = (event, facts) => this.#calls().log(event, facts);

  #calls(): PluginHost {
    return this.#behind().calls;
  }

  #behind(): BehindHost {
    return (this.#made ??= this.#make(this.#parts));
  }
}

/** Gives the guard of a host. @throws {@link PluginDeniedError} for a host that was not made here: nothing vouches for it. */
export function guardOf(plugin: string, host: PluginHost): CallGuard {
  const behind = GuardedHost.behind(host);
  if (behind === undefined)
    throw new PluginDeniedError(plugin, 'spawn', 'nobody says what this call may do');
  return behind.guard;
}
