import { industries } from '../../industries/index.ts';
import { pluginKinds, type PluginPackage } from '../../plugins/index.ts';

/** Gives the plugins that come with Phasegate. Their code runs in the process, as the rest of Phasegate does. */
export function builtInPlugins(): readonly PluginPackage[] {
  return [
    ...Object.values(pluginKinds).flatMap(({ builtIns }) => [...builtIns]),
    ...Object.values(industries).map(({ template }) => template),
  ];
}
