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

const guards = new WeakMap<PluginHost, CallGuard>();

/** Keeps the guard of a host: a plugin that runs apart never has the host itself. */
export function keepGuard(host: PluginHost, guard: CallGuard): PluginHost {
  guards.set(host, guard);
  return host;
}

/** Gives the guard of a host. @throws {@link PluginDeniedError} for a host that was not made here: nothing vouches for it. */
export function guardOf(plugin: string, host: PluginHost): CallGuard {
  const guard = guards.get(host);
  if (guard === undefined)
    throw new PluginDeniedError(plugin, 'spawn', 'nobody says what this call may do');
  return guard;
}
