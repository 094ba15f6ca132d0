import type { Manifest, PermissionName, PluginPackage } from '../contract/index.ts';
import type { ManifestProblem } from '../errors/index.ts';
import { rulesFileProblems } from './business-rule/index.ts';
import { kinds } from './registry.generated.ts';

/**
 * Gives what of a manifest does not fit its kind: permissions that the kind does not allow, operations that it asks for and
 * that are missing, and schemas that are not those of the kind.
 */
export function demandsOf(manifest: Manifest): readonly ManifestProblem[] {
  const contract = kinds[manifest.kind];
  const allowed: readonly string[] = contract.allowedPermissions;
  const over = Object.keys(manifest.permissions).filter((name) => !allowed.includes(name));
  return [
    ...over.map((name) => ({
      path: `permissions.${name}`,
      message: `A ${manifest.kind} may not ask for it; it may ask for ${listed(contract.allowedPermissions)}.`,
    })),
    ...contract.demands(manifest),
  ];
}

/** Gives what of a package does not fit its kind: its manifest, and a file of rules where that is its entry. */
export function packageDemandsOf(plugin: PluginPackage): readonly ManifestProblem[] {
  return [
    ...demandsOf(plugin.manifest),
    ...(plugin.module === undefined ? rulesFileProblems(plugin) : []),
  ];
}

function listed(names: readonly PermissionName[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
