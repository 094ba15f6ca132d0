import { digestOf, frozenJson } from '../../kernel/index.ts';
import { InvalidManifestError } from '../errors/index.ts';
import { Manifest } from './manifest.ts';
import type { PluginModule } from './plugin-module.ts';
import type { PluginPackage } from './runtime.ts';

/** A plugin in code: the manifest's text without what only files need, and the module. */
export interface PluginDefinition extends PluginModule {
  readonly manifest: Omit<
    Manifest,
    'manifestVersion' | 'entry' | 'limits' | 'integrity' | 'signature' | '$schema'
  > & {
    readonly limits?: Partial<Manifest['limits']>;
  };
}

/**
 * Describes a plugin that the host imports itself. It runs in the host's process: no boundary keeps it from anything that
 * the host can do, and its permissions are checked only where it uses the host it is given.
 *
 * @throws {@link InvalidManifestError} for a manifest that does not fit.
 */
export function definePlugin(definition: PluginDefinition): PluginPackage {
  const { manifest: given, ...module } = definition;
  const parsed = Manifest.safeParse({ ...given, manifestVersion: 1, entry: 'index.js' });
  if (!parsed.success) {
    throw new InvalidManifestError(
      'definePlugin',
      parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  }
  const code = [module.initialize, module.execute, module.validate, module.health, module.cleanup];
  const digest = digestOf({ manifest: frozenJson(parsed.data), code: code.map(String) });
  return Object.freeze({
    manifest: parsed.data,
    digest,
    files: new Map(),
    module: Object.freeze(module),
  });
}
