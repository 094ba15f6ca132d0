import { Hono } from 'hono';

import server from '../langgraph.json' with { type: 'json' };

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
