import type { BaseMessage } from '@langchain/core/messages';
import { ChatOpenAICompletions, type OpenAIClient } from '@langchain/openai';

import {
  DEFAULT_BASE_URL,
  DEFAULT_MAX_OUTPUT_TOKENS,
  type ChatModelSettings,
} from '../chat-model-settings.ts';

type StreamingRequest = OpenAIClient.Chat.ChatCompletionCreateParamsStreaming;
type WholeRequest = OpenAIClient.Chat.ChatCompletionCreateParamsNonStreaming;
type Chunks = AsyncIterable<OpenAIClient.Chat.ChatCompletionChunk>;

/** Servers without keys still want the header to be there. */
const NO_KEY = 'none';

/**
 * LangChain's client of the chat completions API, with one change: a whole answer is handed on as the server sent it. The
 * vendor's own way parses JSON answers as they arrive, and throws away text and usage of whatever does not parse.
 */
class CompletionsClient extends ChatOpenAICompletions {
  readonly #headers: () => Readonly<Record<string, string | null>>;

  constructor(settings: ChatModelSettings, reveal: () => string) {
    super(vendorFields(settings, reveal));
    const azure = settings.azureApiVersion !== undefined;
    this.#headers = () => (azure ? { 'api-key': reveal(), Authorization: null } : {});
  }

  override completionWithRetry(
    request: StreamingRequest,
    options?: OpenAIClient.RequestOptions,
  ): Promise<Chunks>;
  override completionWithRetry(
    request: WholeRequest,
    options?: OpenAIClient.RequestOptions,
  ): Promise<OpenAIClient.Chat.ChatCompletion>;
  override async completionWithRetry(
    request: StreamingRequest | WholeRequest,
    options?: OpenAIClient.RequestOptions,
  ): Promise<Chunks | OpenAIClient.Chat.ChatCompletion> {
    // oxlint-disable-next-line no-underscore-dangle -- the vendor's name for its protected method
    const requestOptions = this._getClientOptions({
      ...options,
      maxRetries: 0,
      headers: this.#headers(),
    });
    return await this.client.chat.completions.create(request, requestOptions);
  }

  /** Tool calls that do not parse stay in the raw answer only: given them, LangChain warns on the console. */
  // oxlint-disable-next-line no-underscore-dangle -- the vendor's name for its protected method
  protected override _convertCompletionsMessageToBaseMessage(
    message: OpenAIClient.ChatCompletionMessage,
    rawResponse: OpenAIClient.ChatCompletion,
  ): BaseMessage {
    const { tool_calls: calls = [], ...spoken } = message;
    // oxlint-disable-next-line no-underscore-dangle
    return super._convertCompletionsMessageToBaseMessage(
      calls.every(isReadable) ? message : spoken,
      rawResponse,
    );
  }
}

/** Makes the vendor's client. No request is sent, and the key is not revealed, before the first call. */
export function completionsClient(settings: ChatModelSettings): ChatOpenAICompletions {
  const { apiKey } = settings;
  return new CompletionsClient(
    settings,
    () => (typeof apiKey === 'string' ? apiKey : apiKey()) || NO_KEY,
  );
}

function isReadable(call: OpenAIClient.Chat.ChatCompletionMessageToolCall): boolean {
  if (call.type !== 'function') return false;
  try {
    JSON.parse(call.function.arguments);
    return true;
  } catch {
    return false;
  }
}

function vendorFields(
  settings: ChatModelSettings,
  reveal: () => string,
): ConstructorParameters<typeof ChatOpenAICompletions>[0] {
  const { azureApiVersion, temperature } = settings;
  return {
    model: settings.model,
    apiKey: () => Promise.resolve(reveal()),
    ...(temperature === undefined ? {} : { temperature }),
    maxTokens: settings.maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS,
    // The retries belong to the workflow; two owners would multiply them.
    maxRetries: 0,
    // Never streams, not even for a stream handler: without usage data that would fetch a tokenizer from the network.
    streaming: false,
    timeout: settings.timeoutMs,
    // Refusals and finish reasons are on the server's own answer only.
    __includeRawResponse: true,
    // All that the vendor would otherwise take from the environment.
    configuration: {
      baseURL: settings.baseUrl ?? DEFAULT_BASE_URL,
      organization: null,
      project: null,
      adminAPIKey: null,
      logLevel: 'off',
      ...(azureApiVersion === undefined
        ? {}
        : { defaultQuery: { 'api-version': azureApiVersion } }),
      // A prompt goes to the server that was configured, and to no other.
      fetchOptions: { redirect: 'error' },
    },
  };
}
