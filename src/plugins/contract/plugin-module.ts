import type { JsonValue } from '../../kernel/index.ts';
import type { PluginHost } from './host.ts';

/** What a health probe answers. */
export interface PluginHealth {
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  /** One line for the operator. */
  readonly detail?: string;
}

/** The default export of a plugin's entry. Values that cross are JSON. */
export interface PluginModule {
  /** Runs once, before the first call. @param config - What the operator set, fitting the manifest's `config` schema. */
  initialize?(config: JsonValue, host: PluginHost): void | Promise<void>;
  /** Runs one operation. @param input - Fits the operation's input schema; the answer has to fit its output schema. */
  execute(operation: string, input: JsonValue, host: PluginHost): JsonValue | Promise<JsonValue>;
  /** Looks at settings before they are used. @returns What is wrong with them; empty when nothing is. */
  validate?(config: JsonValue): readonly string[] | Promise<readonly string[]>;
  health?(host: PluginHost): PluginHealth | Promise<PluginHealth>;
  /** Runs once, when the plugin is unloaded. */
  cleanup?(host: PluginHost): void | Promise<void>;
}
