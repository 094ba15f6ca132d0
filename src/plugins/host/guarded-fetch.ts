import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

import type { HostRequest, HostResponse } from '../contract/index.ts';
import { PluginDeniedError, PluginHostError, PluginLimitError } from '../errors/index.ts';
import { isPrivateAddress } from './private-addresses.ts';

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers that would change who the request seems to come from, or how it is framed. */
const REFUSED_HEADERS = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What a request is held against. */
export interface FetchRules {
  readonly plugin: string;
  /** Throws when the plugin may not use this host and method; asked again for each redirect. */
  readonly demand: (url: URL, method: string) => void;
  /** Hosts (`name:port`) that the operator allows although their addresses are private. */
  readonly privateHosts: readonly string[];
  /** Gives what an auth handle stands for. */
  readonly secret: (handle: string) => Promise<string>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** How names are resolved; the system's resolver unless told. */
  readonly resolve?: Resolver;
}

/** Gives every address of a name. */
export type Resolver = (
  name: string,
  options: LookupOptions,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Makes a plugin's HTTP request. The addresses that a name gives are looked at, and the connection is made to one of exactly
 * these: a second answer of the name server changes nothing. Redirects are followed one by one under the same rules, without
 * the secret once the origin changes.
 *
 * @throws {@link PluginDeniedError} for what the rules do not allow; {@link PluginLimitError} for a body that is too large;
 * {@link PluginHostError} when the request fails. None of them holds the secret or the address.
 */
export async function guardedFetch(request: HostRequest, rules: FetchRules): Promise<HostResponse> {
  const { method = 'GET', body, auth } = request;
  const headers = {
    ...soundHeaders(rules.plugin, request.headers ?? {}),
    ...(await authHeader(auth, rules)),
  };
  let step: Step = { url: parseUrl(rules.plugin, request.url), method, headers, body };
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    // Each redirect depends on the answer before it.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await send(step, rules);
    const next = redirectOf(answer, step, rules.plugin);
    if (next === undefined) return answer;
    step = next;
  }
  throw new PluginHostError(rules.plugin, 'fetch', `it was redirected over ${MAX_REDIRECTS} times`);
}

const systemResolver: Resolver = (name, options, done) =>
  lookup(name, { ...options, all: true }, done);

interface Step {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

async function send(step: Step, rules: FetchRules): Promise<HostResponse> {
  const { url, method } = step;
  rules.demand(url, method);
  const open = rules.privateHosts.includes(`${url.hostname}:${portOf(url)}`);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!open && isIP(literal) !== 0 && isPrivateAddress(literal)) throw privateTarget(rules.plugin);
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = {
      method,
      headers: step.headers,
      signal: rules.signal,
      agent: false as const,
      lookup: checkedLookup(rules, open),
    };
    const outgoing = start(url, options, resolve);
    outgoing.on('error', (error) => reject(hostError(rules, error)));
    outgoing.end(step.body);
  });
  return {
    status: response.statusCode ?? 0,
    headers: flat(response),
    body: await read(response, rules),
  };
}

/** Resolves a name, and hands out its addresses only when every one of them may be reached. */
function checkedLookup(
  { plugin, resolve = systemResolver }: FetchRules,
  open: boolean,
): LookupFunction {
  return (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const inside = error === null && addresses.some(({ address }) => isPrivateAddress(address));
      const [first] = error === null ? addresses : [];
      if (error !== null || first === undefined) done(error ?? new Error('No address.'), '', 4);
      else if (inside && !open) done(privateTarget(plugin), '', 4);
      else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

async function read(response: IncomingMessage, rules: FetchRules): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > rules.maxBytes) {
        response.destroy();
        throw new PluginLimitError(rules.plugin, 'outputKb', Math.floor(rules.maxBytes / 1024));
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof PluginLimitError ? error : hostError(rules, error);
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}

function redirectOf(
  { status, headers }: HostResponse,
  step: Step,
  plugin: string,
): Step | undefined {
  const location = headers['location'];
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  if (!URL.canParse(location, step.url.href))
    throw new PluginHostError(plugin, 'fetch', 'its redirect is no URL');
  const url = parseUrl(plugin, new URL(location, step.url).href);
  const headersOn = url.origin === step.url.origin ? step.headers : {};
  // RFC 9110, 15.4: 303 asks for a GET, and browsers treat 301 and 302 after a POST alike.
  const toGet = status === 303 || (status < 303 && step.method === 'POST');
  const { method, body } = toGet ? { method: 'GET', body: undefined } : step;
  return { url, headers: headersOn, method, body };
}

function parseUrl(plugin: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new PluginDeniedError(plugin, 'net', 'only http and https URLs can be fetched');
  if (url.username !== '' || url.password !== '')
    throw new PluginDeniedError(
      plugin,
      'net',
      'a URL holds no user or password; use an auth handle',
    );
  return url;
}

function soundHeaders(
  plugin: string,
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const sound: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (REFUSED_HEADERS.has(lower) || lower.startsWith('proxy-') || lower.startsWith('sec-'))
      throw new PluginDeniedError(plugin, 'net', `the header "${lower}" is the host's to set`);
    sound[lower] = value;
  }
  return sound;
}

async function authHeader(
  auth: HostRequest['auth'],
  rules: FetchRules,
): Promise<Record<string, string>> {
  if (auth === undefined) return {};
  const header = auth.header?.toLowerCase() ?? 'authorization';
  const { scheme = header === 'authorization' ? 'Bearer' : '' } = auth;
  const value = await rules.secret(auth.secret);
  if (header !== 'authorization') soundHeaders(rules.plugin, { [header]: '' });
  return { [header]: scheme === '' ? value : `${scheme} ${value}` };
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => name !== 'set-cookie');
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** The port that a URL means. */
export function portOf(url: URL): string {
  return url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
}

function privateTarget(plugin: string): PluginDeniedError {
  return new PluginDeniedError(plugin, 'net', 'the host is at a private address');
}

/** What the network said may name addresses: only its code goes on. */
function hostError({ plugin, signal }: FetchRules, error: unknown): Error {
  if (error instanceof PluginDeniedError) return error;
  if (signal.aborted) return new PluginHostError(plugin, 'fetch', 'the call was stopped');
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new PluginHostError(plugin, 'fetch', `the request failed (${code})`);
}
