import { isPhasegateError } from '../../../kernel/index.ts';
import type { Manifest, PluginPackage } from '../../contract/index.ts';
import type { ManifestProblem } from '../../errors/index.ts';
import { loadRules, MAX_PACK_BYTES, packProblems, rulesModule } from './rules-module.ts';

/** Tells whether a plugin's entry is a file of rules: data that Phasegate's engine judges by, and no code. */
export function hasRulesEntry({ kind, entry }: Manifest): boolean {
  return kind === 'business-rule' && entry.endsWith('.json');
}

/** Gives what is wrong with the file of rules, by its path; nothing for a plugin with code. */
export function rulesFileProblems({ manifest, files }: PluginPackage): readonly ManifestProblem[] {
  const { entry } = manifest;
  if (!entry.endsWith('.json')) return [];
  if (!hasRulesEntry(manifest))
    return [{ path: 'entry', message: `A ${manifest.kind} has code for its entry.` }];
  const read = readRules({ manifest, files });
  return (Array.isArray(read) ? read : []).map((message) => ({ path: entry, message }));
}

/** Gives the package with the module that its file of rules makes; as it is where its entry is code. */
export function withRulesModule(plugin: PluginPackage): PluginPackage {
  if (!hasRulesEntry(plugin.manifest)) return plugin;
  const pack = loadRules(textOf(plugin), plugin.manifest.entry);
  return { ...plugin, module: rulesModule(pack, plugin.manifest.limits.cpuMs) };
}

function readRules(plugin: Pick<PluginPackage, 'manifest' | 'files'>): readonly string[] {
  const size = plugin.files.get(plugin.manifest.entry)?.length ?? 0;
  if (size > MAX_PACK_BYTES) return [`It has ${size} bytes, and ${MAX_PACK_BYTES} are allowed.`];
  try {
    return packProblems(loadRules(textOf(plugin), plugin.manifest.entry));
  } catch (error) {
    // Whatever is wrong with it stands in the message, with its place; other errors are ours.
    if (isPhasegateError(error)) return [error.message];
    throw error;
  }
}

function textOf({ manifest, files }: Pick<PluginPackage, 'manifest' | 'files'>): string {
  return new TextDecoder('utf-8').decode(files.get(manifest.entry));
}
