import { isPhasegateError } from '../../../kernel/index.ts';
import { toolsFor, type PluginPackage } from '../../../plugins/index.ts';
import type { Principal } from '../../../state/index.ts';
import type { ToolPlace, ToolSource } from '../../../workflow/index.ts';
import { builtInPlugins } from '../built-in-plugins.ts';
import { openPluginsOf, type AppPlugins, type PluginSurroundings } from '../open-plugins-of.ts';
import { pluginCaller } from '../record-plugin-events.ts';
import { PHASE_TOOLS, roleOf, toolsAllowed } from './phase-tools.ts';
import { provideBuiltIn } from './provide-built-in.ts';

/** The tools of a workflow's phases. Close it when done. */
export interface PhaseTools extends AsyncDisposable {
  readonly source: ToolSource;
}

/**
 * Opens the tools of a workflow's phases for whoever runs it. The registry is opened when the first phase asks that may use any;
 * where it cannot be, the phases do without, and the log says so.
 */
export function openPhaseTools(
  surroundings: PluginSurroundings,
  { workflow, by }: { readonly workflow: string; readonly by: Principal },
): PhaseTools {
  const { logger } = surroundings;
  let opening: Promise<AppPlugins> | undefined;
  const unavailable = (error: unknown): void => {
    const code = isPhasegateError(error) ? error.code : 'UNEXPECTED';
    logger.warn('phase-tools-unavailable', { workflow, code });
  };
  const source: ToolSource = async (place) => {
    const allow = toolsAllowed(workflow, place.phase);
    if (allow.length === 0) return [];
    try {
      opening ??= opened(surroundings, { workflow, by, unavailable });
      return await offered(await opening, { allow, workflow, by, place });
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

interface Order {
  readonly workflow: string;
  readonly by: Principal;
}

async function opened(
  surroundings: PluginSurroundings,
  { workflow, by, unavailable }: Order & { readonly unavailable: (error: unknown) => void },
): Promise<AppPlugins> {
  const plugins = await openPluginsOf(surroundings, [by]);
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

async function offered(
  { executor }: AppPlugins,
  { allow, workflow, by, place }: Order & { allow: readonly string[]; place: ToolPlace },
): ReturnType<ToolSource> {
  const active: string[] = [];
  for (const entry of allow) {
    const [id = ''] = entry.split('/');
    // What an operator has taken out of use is no tool any more.
    // oxlint-disable-next-line no-await-in-loop
    if ((await executor.active(id)) !== undefined) active.push(entry);
  }
  const { thread, run, phase } = place;
  const caller = pluginCaller(by, [roleOf(workflow)]);
  return await toolsFor(executor, { caller, allow: active, place: { thread, run, phase } });
}
