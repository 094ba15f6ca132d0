import type { JsonValue } from '../../kernel/index.ts';
import type {
  HostRequest,
  Manifest,
  PermissionName,
  PluginKind,
  PluginPackage,
} from '../contract/index.ts';
import type { ManifestProblem } from '../errors/index.ts';
import type { OperationCall, OperationResult } from '../executor/operation-call.ts';

/** Where the adapters of the kinds send their calls: an {@link Executor}, with all its rights and limits. */
export interface OperationCaller {
  execute(call: OperationCall): Promise<OperationResult>;
}

/** How a plugin is tried by the conformance suite of its kind. */
export interface ConformanceRun {
  /** Calls an operation. Input and output are held against the manifest's schemas. @throws PLUGINS_*. */
  call(operation: string, input: JsonValue): Promise<JsonValue>;
  /** Every request that the plugin has asked its host for so far. */
  requests(): readonly HostRequest[];
}

/** What one rule of a conformance suite found. */
export interface ConformanceResult {
  /** `operation: what is expected of it`. */
  readonly rule: string;
  readonly outcome: 'pass' | 'fail';
  /** Why it failed, without what the plugin was given or has said. */
  readonly detail?: string;
}

/** What a kind of plugins promises to whoever uses them. */
export interface KindContract {
  readonly kind: PluginKind;
  readonly title: string;
  readonly description: string;
  /** Permissions that a plugin of this kind may ask for; any other one refuses its manifest. */
  readonly allowedPermissions: readonly PermissionName[];
  /** Gives what of a manifest does not fit the kind; empty when everything does. */
  demands(manifest: Manifest): readonly ManifestProblem[];
  /** Tries a plugin with the examples of its own input schemas. */
  conformance(manifest: Manifest, run: ConformanceRun): Promise<readonly ConformanceResult[]>;
  /** The plugins of this kind that come with Phasegate. */
  readonly builtIns: readonly PluginPackage[];
}

/** Describes a kind; its folder's front door exports it, and the registry finds it there. */
export function defineKind(contract: KindContract): KindContract {
  return Object.freeze({ ...contract });
}
