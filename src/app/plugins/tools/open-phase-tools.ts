import { isPhasegateError } from '../../../kernel/index.ts';
import { isCallable, toolsFor, type PluginPackage } from '../../../plugins/index.ts';
import type { Principal } from '../../../state/index.ts';
import type { CompileOptions, ToolPlace, ToolSource } from '../../../workflow/index.ts';
import { builtInPlugins } from '../built-in-plugins.ts';
import { openPluginsOf, type AppPlugins, type PluginSurroundings } from '../open-plugins-of.ts';
import { pluginCaller } from '../record-plugin-events.ts';
import { PHASE_TOOLS, roleOf, toolsAllowed } from './phase-tools.ts';
import { provideBuiltIn } from './provide-built-in.ts';

/** The tools of a workflow's phases. Close it when done. */
export interface PhaseTools extends AsyncDisposable {
  readonly source: ToolSource;
}

/** Whose tools are opened. */
export interface PhaseToolsOrder {
  readonly workflow: string;
  /** Tells who runs the workflow, visit by visit. */
  readonly identify: NonNullable<CompileOptions['identify']>;
}

/**
 * Opens the tools of a workflow's phases for whoever runs it. The registry is opened when the first phase asks that may use any;
 * where it cannot be, the phase does without, the log says so, and the next one tries again.
 */
export function openPhaseTools(
  surroundings: PluginSurroundings,
  { workflow, identify }: PhaseToolsOrder,
): PhaseTools {
  const { logger } = surroundings;
  const callers = new Map<string, Principal>();
  let opening: Promise<AppPlugins> | undefined;
  const unavailable = (error: unknown): void => {
    const code = isPhasegateError(error) ? error.code : 'UNEXPECTED';
    logger.warn('phase-tools-unavailable', { workflow, code });
  };
  const open = async (): Promise<AppPlugins> => {
    opening ??= opened(surroundings, { workflow, callers, unavailable });
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  const source: ToolSource = async (place, config) => {
    const allow = toolsAllowed(workflow, place.phase);
    if (allow.length === 0) return [];
    try {
      const by = await identify(config);
      callers.set(pluginCaller(by).id, by);
      return await offered(await open(), { allow, workflow, by, place });
    } catch (error) {
      unavailable(error);
      return [];
    }
  };
  return {
    source,
    [Symbol.asyncDispose]: async () => {
      // What was never opened, or could not be, is closed.
      const plugins = await opening?.catch(() => undefined);
      await plugins?.[Symbol.asyncDispose]();
    },
  };
}

interface Opening {
  readonly workflow: string;
  readonly callers: ReadonlyMap<string, Principal>;
  readonly unavailable: (error: unknown) => void;
}

async function opened(
  surroundings: PluginSurroundings,
  { workflow, callers, unavailable }: Opening,
): Promise<AppPlugins> {
  const plugins = await openPluginsOf(surroundings, callers);
  for (const [plugin, operations] of usedBy(workflow)) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      await provideBuiltIn(plugins, { plugin, workflow, operations });
    } catch (error) {
      // The others are of use without it; what an operator has brought in by hand is used below.
      unavailable(error);
    }
  }
  return plugins;
}

/** What a workflow uses, by plugin. */
function usedBy(workflow: string): ReadonlyMap<PluginPackage, readonly string[]> {
  const entries = Object.values(PHASE_TOOLS[workflow] ?? {}).flat();
  const used = new Map<PluginPackage, string[]>();
  for (const plugin of builtInPlugins()) {
    const prefix = `${plugin.manifest.id}/`;
    const operations = entries.filter((entry) => entry.startsWith(prefix));
    if (operations.length > 0)
      used.set(
        plugin,
        operations.map((entry) => entry.slice(prefix.length)),
      );
  }
  return used;
}

interface Offering {
  readonly allow: readonly string[];
  readonly workflow: string;
  readonly by: Principal;
  readonly place: ToolPlace;
}

async function offered(
  { executor }: AppPlugins,
  { allow, workflow, by, place }: Offering,
): ReturnType<ToolSource> {
  const active: string[] = [];
  for (const entry of allow) {
    const [id = ''] = entry.split('/');
    // What an operator has taken out of use is no tool any more.
    // oxlint-disable-next-line no-await-in-loop
    const plugin = await executor.active(id);
    if (plugin !== undefined && isCallable(plugin.version.state)) active.push(entry);
  }
  const { thread, run, phase } = place;
  const caller = pluginCaller(by, [roleOf(workflow)]);
  return await toolsFor(executor, { caller, allow: active, place: { thread, run, phase } });
}
