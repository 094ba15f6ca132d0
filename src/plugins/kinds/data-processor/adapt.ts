import type { JsonValue } from '../../../kernel/index.ts';
import { KindMismatchError } from '../../errors/index.ts';
import type { OperationCall } from '../../executor/operation-call.ts';
import type { OperationCaller } from '../kind.ts';
import { isObject } from '../schema-shape.ts';

/** A stream through one plugin, for one caller. */
export interface StreamOrder extends Pick<OperationCall, 'plugin' | 'caller' | 'signal'> {
  /** What `open` takes. */
  readonly options?: JsonValue;
}

/**
 * Sends chunks of text through the plugin's `open`, `feed` and `end`. Nothing of the stream stays in the plugin: its state comes
 * back with each chunk, so that the next one may be fed by another process.
 *
 * @param executor - Where calls go.
 * @param chunks - Pieces of the text, cut anywhere but inside of a character.
 * @yields What each chunk gives, and the rest at the end.
 * @returns The report.
 * @throws PLUGINS_*; {@link KindMismatchError} for an answer without a state.
 */
export async function* streamThrough(
  executor: OperationCaller,
  order: StreamOrder,
  chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<JsonValue, JsonValue> {
  const { options = {}, ...caller } = order;
  const call = async (operation: string, input: JsonValue): Promise<Members> => {
    const result = await executor.execute({ ...caller, operation, input });
    if (result.operation !== operation || !isObject(result.output))
      throw new KindMismatchError(order.plugin, operation, 'an answer of its own, with members');
    return result.output;
  };
  let state = demand(await call('open', options), 'state', { plugin: order.plugin, at: 'open' });
  for await (const chunk of chunks) {
    const fed = await call('feed', { state, chunk });
    state = demand(fed, 'state', { plugin: order.plugin, at: 'feed' });
    yield demand(fed, 'output', { plugin: order.plugin, at: 'feed' });
  }
  const ended = await call('end', { state });
  yield demand(ended, 'output', { plugin: order.plugin, at: 'end' });
  return demand(ended, 'report', { plugin: order.plugin, at: 'end' });
}

type Members = Readonly<Record<string, JsonValue>>;

function demand(
  members: Members,
  name: string,
  { plugin, at }: { readonly plugin: string; readonly at: string },
): JsonValue {
  const value = members[name];
  if (value === undefined) throw new KindMismatchError(plugin, at, `a member "${name}"`);
  return value;
}
