import type { Clock, Facts, Ids, JsonValue } from '../../kernel/index.ts';
import type { RecordsDatabase } from '../../storage/index.ts';
import type { Manifest, Permissions, PluginPackage, ScanReport, Tier } from '../contract/index.ts';
import type { Leases } from './leases.ts';
import type { PluginState } from './states.ts';
import type { PluginTables } from './tables.ts';

/** Who acts on the registry or calls a plugin, as resolved from an authenticated caller. */
export interface Caller {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Something that happened to a plugin, for the audit trail. */
export interface PluginEvent {
  /** The same event has the same key, so it is written once. */
  readonly key: string;
  readonly kind: 'plugin-step' | 'plugin-grant' | 'plugin-kill' | 'plugin-call' | 'plugin-refusal';
  readonly caller: Caller;
  readonly plugin: string;
  readonly digest: string;
  readonly outcome: 'success' | 'failure' | 'refused';
  readonly facts: Facts;
}

/** Where events go. A rejection means that what the event tells of must not happen: it is undone. */
export interface PluginEvents {
  record(event: PluginEvent): Promise<void>;
}

/** What is known of a signature. */
export interface SignatureCheck {
  readonly status: 'none' | 'trusted' | 'unknown-key' | 'revoked' | 'invalid';
  /** The name of the key or identity in the settings; of an unknown key, what the envelope calls it. */
  readonly keyId?: string;
  /** For people: why it does not count. Not a word of it is from the plugin. */
  readonly why?: string;
}

/** What a registry works with. */
export interface RegistryParts {
  readonly database: RecordsDatabase<PluginTables>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The version of Phasegate, for `engines`. */
  readonly engine: string;
  readonly events: PluginEvents;
  /** Scans a plugin's files; never evaluates them. A rejection denies. */
  readonly scan: (plugin: PluginPackage, signature: SignatureCheck) => Promise<ScanReport>;
  readonly checkSignature: (plugin: PluginPackage) => Promise<SignatureCheck>;
  /** Who is in the middle of which step; openPlugins opens them. Without them every unfinished step is a dead process's. */
  readonly leases?: Leases;
}

/** One version of a plugin, as the registry shows it. */
export interface PluginVersion {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly state: PluginState;
  readonly manifest: Manifest;
  readonly source: string;
  readonly tier: Tier;
  readonly signed: boolean;
  readonly addedAt: string;
  readonly changedAt: string;
  /** The newest scan. */
  readonly scan: ScanReport | undefined;
  /** What was granted and not revoked; undefined when nothing was. */
  readonly grant: Permissions | undefined;
}

/** Which version answers calls. */
export interface ActivePlugin {
  readonly version: PluginVersion;
  /** The digest that answered before, for a rollback. */
  readonly previous: string | undefined;
  readonly config: JsonValue;
}
