import type { Facts, JsonValue } from '../../kernel/index.ts';

/** An HTTP request that a plugin asks its host to make. */
export interface HostRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** UTF-8 text; JSON is written by the plugin. */
  readonly body?: string;
  /** A handle of a secret: the host adds it as a bearer token, or under the named header. The plugin never sees it. */
  readonly auth?: { readonly secret: string; readonly header?: string; readonly scheme?: string };
}

/** What came back, with at most `outputKb` of body. */
export interface HostResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Everything that a plugin can reach outside itself. Only JSON crosses; every call is checked against the plugin's effective
 * permissions and counted against its limits, and rejects with an error whose `code` is PLUGINS_DENIED, PLUGINS_LIMIT or
 * PLUGINS_HOST_FAILED. There is no other way out of an isolated plugin.
 */
export interface PluginHost {
  /** Needs `net`; refuses private addresses, also after a redirect or a second DNS answer. */
  fetch(request: HostRequest): Promise<HostResponse>;
  /** Needs `fs.read`. @param path - Relative, inside a granted root. */
  readFile(path: string): Promise<string>;
  /** Needs `fs.write`. */
  writeFile(path: string, text: string): Promise<void>;
  /** Needs `env`. */
  env(name: string): Promise<string | null>;
  /** Needs `tools` or `plugins`: calls another plugin's operation, `plugin-id/operation`, with the caller's rights. */
  callTool(name: string, input: JsonValue): Promise<JsonValue>;
  /** Needs `llm`: one prompt, one text. */
  complete(request: { readonly model: string; readonly prompt: string }): Promise<string>;
  /** Needs `state`. */
  getState(key: string): Promise<JsonValue>;
  /** Needs `state`. */
  setState(key: string, value: JsonValue): Promise<void>;
  /** Needs `events`. */
  emit(name: string, facts: Facts): Promise<void>;
  /** Needs `time`: ISO-8601 UTC. */
  now(): Promise<string>;
  /** Needs `random`: hexadecimal digits of that many random bytes, 1 to 64. */
  random(bytes: number): Promise<string>;
  /** Progress of a long call, shown through the stream writer. Needs no permission; counted as a host call. */
  progress(facts: Facts): Promise<void>;
  /** A line of log: a lower-case event name and flat facts. Needs no permission; counted as a host call. */
  log(event: string, facts?: Facts): Promise<void>;
}

/** The names of the host's calls, as they cross the boundary. */
export type HostCall = keyof PluginHost;
