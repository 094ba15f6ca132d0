import type { Budget } from './port.ts';

/** What a million tokens cost, in US dollars. Zero for a model of one's own. */
export interface ModelPrice {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
}

/** How the schema is put to the model. `json_schema` constrains decoding where the server can. */
export type StructuredMethod = 'json_schema' | 'function_calling' | 'json_mode';

/** One chat model behind an OpenAI-compatible chat completions API. */
export interface ChatModelSettings {
  /** Names the provider in records: `openai`, `ollama`, ... */
  readonly provider: string;
  /** The model's name at its server; at Azure the name of the deployment. */
  readonly model: string;
  /** Up to, without, `/chat/completions`. Default: OpenAI's own. */
  readonly baseUrl?: string | undefined;
  /** The key, or what reveals it when a call is made. Empty for a server without keys. */
  readonly apiKey: string | (() => string);
  /**
   * For Azure's classic API only, whose base URL is `https://RESOURCE.openai.azure.com/openai/deployments/DEPLOYMENT`:
   * the key travels as `api-key`, the version as `api-version`. Azure's v1 API (`.../openai/v1`) needs neither.
   */
  readonly azureApiVersion?: string | undefined;
  /** Left out of the request when undefined, as reasoning models want it. */
  readonly temperature?: number | undefined;
  readonly structuredMethod: StructuredMethod;
  /** For one call, body included; 2^31 - 1 at most. */
  readonly timeoutMs: number;
  /** The most tokens one answer may have. Default 8192: without a bound a call's cost could not be foreseen. */
  readonly maxOutputTokens?: number | undefined;
  /**
   * What question and answer may have together. A request that may be longer is refused before it is sent: some servers
   * cut a long prompt off without a word. Not checked when undefined.
   */
  readonly contextTokens?: number | undefined;
  readonly price: ModelPrice;
  readonly budget: Budget;
  /** How often malformed output is sent back to be mended. Default 2. */
  readonly maxRepairs?: number | undefined;
}

export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';
export const DEFAULT_MAX_OUTPUT_TOKENS = 8192;
export const DEFAULT_MAX_REPAIRS = 2;
