import { isPhasegateError } from '../../kernel/index.ts';

/** Stands between what happened and what to do, in the one text that a server tells of an error. */
export const NEXT = '\n→ ';

interface Streaming {
  _streamIterator(input: never, options?: never): AsyncGenerator<unknown>;
}

/**
 * Makes a graph's errors fit for a LangGraph server, which tells its callers their names and messages and nothing else: the
 * name is the code, and the message says what to do as well.
 */
export function tellErrors<Graph extends Streaming>(graph: Graph): Graph {
  const stream = graph._streamIterator.bind(graph);
  const own = {
    async *_streamIterator(input: never, options?: never): AsyncGenerator<unknown> {
      try {
        yield* stream(input, options);
      } catch (error) {
        throw told(error);
      }
    },
  };
  return Object.assign(graph, own);
}

/** Gives an error of ours as a server can tell it, and any other as it is. */
export function told(error: unknown): unknown {
  if (!isPhasegateError(error)) return error;
  const { code, message, hint } = error;
  return Object.assign(new Error(`${message}${NEXT}${hint}`, { cause: error }), { name: code });
}
