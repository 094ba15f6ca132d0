import type { Facts, JsonValue } from '../../kernel/index.ts';
import type { RuntimeUsage } from '../contract/index.ts';
import type { Caller } from '../registry/registry-parts.ts';

/** Where in a run a call is made. */
export interface CallPlace {
  readonly thread?: string;
  readonly run?: string;
  readonly phase?: string;
  /** Tells several calls of one phase apart, and is the same when the phase runs again after a crash. */
  readonly call?: string;
}

/** One call of one operation. */
export interface OperationCall {
  readonly plugin: string;
  readonly operation: string;
  readonly input: JsonValue;
  readonly caller: Caller;
  readonly place?: CallPlace;
  readonly signal?: AbortSignal;
  /** The operations whose code makes this call, as `plugin-id/operation`, the outermost first; none for a call from outside. */
  readonly through?: readonly string[];
  readonly progress?: (facts: Facts) => void;
}

/** What a call gave. */
export interface OperationResult {
  readonly output: JsonValue;
  /** The operation that answered: a fallback has another name. */
  readonly operation: string;
  readonly digest: string;
  readonly usage: RuntimeUsage;
  /** Whether an effect that had happened before was answered from its record. */
  readonly repeated: boolean;
}
