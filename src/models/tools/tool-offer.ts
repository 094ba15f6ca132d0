import type { Usage } from '../../state/index.ts';

/** A tool as a model is told of it. */
export interface OfferedTool {
  /** `[a-zA-Z0-9_-]{1,64}`. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A call that a model asks for. */
export interface ToolCall {
  /** Unique in the request. */
  readonly id: string;
  readonly name: string;
  /** What the model gave; undefined where that is no JSON object, or one that cannot be kept or digested. */
  readonly args: Readonly<Record<string, unknown>> | undefined;
}

/** What came of a call, as the model is told. */
export interface ToolResult {
  readonly id: string;
  readonly name: string;
  readonly content: string;
  readonly failed: boolean;
}

/** Calls that a model asked for at once, and what came of them. */
export interface ToolTurn {
  readonly calls: readonly ToolCall[];
  readonly results: readonly ToolResult[];
}

/** What a model may call before it answers. */
export interface ToolOffer {
  readonly tools: readonly OfferedTool[];
  /** Rounds of calls at most; after the last one only an answer is taken. */
  readonly maxRounds: number;
  /** Calls of one round at most; the rest are answered with a refusal. */
  readonly maxCallsPerRound: number;
  /**
   * Carries out the calls of one round. What it rejects with ends the request as it is: an interrupt, a cancellation.
   *
   * @param spent - What the request has taken so far; nobody else can tell if the round ends the request.
   */
  readonly run: (calls: readonly ToolCall[], spent: Usage) => Promise<readonly ToolResult[]>;
  /** Told of calls that are not carried out. What it rejects with ends the request as well. */
  readonly refuse?: (
    calls: readonly ToolCall[],
    because: 'TOOL_UNKNOWN' | 'TOOL_TOO_MANY',
  ) => Promise<void>;
}
