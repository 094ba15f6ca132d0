import { HOST_CALLS } from './host-calls.ts';
import type { PluginHost } from '../contract/index.ts';
import { PluginDeniedError } from '../errors/index.ts';

/** A host that refuses everything, for moments in which a plugin acts on nobody's behalf. */
export function withoutHost(plugin: string): PluginHost {
  const refuse = (name: string) => () =>
    Promise.reject(new PluginDeniedError(plugin, name, 'it acts for nobody at this moment'));
  const calls = HOST_CALLS.map((name) => [name, refuse(name)]);
  return Object.freeze(Object.fromEntries(calls)) as PluginHost;
}
