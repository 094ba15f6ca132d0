import { Hono } from 'hono';

import server from '../langgraph.json' with { type: 'json' };
import { studioConfigSchema, toldAnswer } from '../src/app/index.ts';
import { isPhasegateError } from '../src/kernel/index.ts';

const KNOWN = new RegExp(server.http.cors.allow_origin_regex);
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Keeps pages of strangers from acting on the server through the browser of whoever runs it. CORS alone only hides the
 * answers from them: the server takes a body of any content type for JSON, so a browser would send it without asking.
 * What is no browser sends neither header.
 */
export const app = new Hono().use(async ({ req, json }, next) => {
  const origin = req.header('origin');
  const isKnown =
    origin === undefined ? req.header('sec-fetch-site') !== 'cross-site' : KNOWN.test(origin);
  if (isKnown || READS.has(req.method)) return next();
  return json(
    { error: 'This page may not act on the server: see http.cors in langgraph.json.' },
    403,
  );
});

// The server tells of everything that is thrown as "Internal Server Error", and clients would try the same again.
app.use(async (context, next) => {
  await next();
  const reason = reasonFor(context.error);
  if (reason === undefined || context.res.status !== 500) return;
  const { status, ...body } = reason;
  context.res = Response.json(body, { status, headers: withoutBody(context.res.headers) });
});

// Whoever waits for a run's end is told of a refused call as of any other.
app.on('POST', ['/runs/wait', '/threads/:thread/runs/wait'], async (context, next) => {
  await next();
  context.res = await toldAnswer(context.res);
});

/** What a person is told of a call that was refused; nothing of errors that are not meant for callers. */
function reasonFor(
  error: unknown,
): (Readonly<Record<string, unknown>> & { status: number }) | undefined {
  // One that a graph has thrown to be told by the server stands behind it.
  const ours = error instanceof Error && isPhasegateError(error.cause) ? error.cause : error;
  if (isPhasegateError(ours)) {
    const { code, message, hint, retryable } = ours;
    return { status: retryable ? 503 : 422, code, message, hint };
  }
  // LangGraph's own word for values or a node that it cannot take.
  return error instanceof Error && error.name === 'InvalidUpdateError'
    ? {
        status: 422,
        code: 'INVALID_UPDATE',
        message: error.message,
        hint: "Name one of the graph's nodes in as_node, and its channels in values.",
      }
    : undefined;
}

/** Graphs of this file's server whose runs can be configured as {@link studioConfigSchema} says. */
const CONFIGURABLE = new Set(Object.keys(server.graphs));

// The server looks for schemas of state and input at a graph, and for none of its configuration.
app.use('/assistants/:assistant/schemas', async (context, next) => {
  await next();
  const shown: unknown = await context.res
    .clone()
    .json()
    .catch(() => undefined);
  if (typeof shown !== 'object' || shown === null || !('graph_id' in shown)) return;
  if (!CONFIGURABLE.has(String(shown.graph_id))) return;
  const schema = await studioConfigSchema();
  context.res = Response.json(
    { ...shown, config_schema: schema, context_schema: schema },
    { headers: withoutLength(context.res.headers) },
  );
});

function withoutLength(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete('content-length');
  return copy;
}

function withoutBody(headers: Headers): Headers {
  const copy = withoutLength(headers);
  copy.delete('content-type');
  return copy;
}
