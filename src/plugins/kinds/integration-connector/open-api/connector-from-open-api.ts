import type { JsonValue } from '../../../../kernel/index.ts';
import {
  definePlugin,
  type HostRequest,
  type PluginDefinition,
  type PluginPackage,
} from '../../../contract/index.ts';
import {
  InvalidManifestError,
  SchemaMismatchError,
  UnknownOperationError,
} from '../../../errors/index.ts';
import { isObject } from '../../schema-shape.ts';
import { createCarefulSender, type CarefulSender } from '../http/send-with-care.ts';
import { routesOf, type Route } from './routes.ts';

/** What a connector is made of, besides the document. */
export interface OpenApiConnectorOptions extends Pick<
  PluginDefinition['manifest'],
  'id' | 'version' | 'publisher' | 'engines' | 'limits' | 'requires' | 'industries' | 'standards'
> {
  /** OpenAPI 3.0 or 3.1, as JSON; references outside of it are not followed. */
  readonly document: Readonly<Record<string, JsonValue>>;
  /** Where the interface is; the document's first server unless told. */
  readonly baseUrl?: string;
  /** The handle of the secret that every request carries, and how. */
  readonly auth?: NonNullable<HostRequest['auth']>;
  /** Operations by their ids in the document; all unless told. */
  readonly only?: readonly string[];
  /** Sends at a bounded rate and again where that is safe; ten a second and three attempts unless told. */
  readonly sender?: CarefulSender;
}

/**
 * Makes a connector of an OpenAPI document: one operation for each that it describes, with its schemas, which reaches the
 * document's one host by the methods that it names and no other.
 *
 * @throws {@link InvalidManifestError} for a document without servers or operations, or with schemas that cannot be used.
 */
export function connectorFromOpenApi(options: OpenApiConnectorOptions): PluginPackage {
  const { document, auth, only, sender = createCarefulSender(), ...keys } = options;
  const { baseUrl, ...manifest } = keys;
  const base = baseOf(document, baseUrl);
  const routes = routesOf(document).filter(
    ({ operation }) => only === undefined || only.map(kebab).includes(operation.name),
  );
  const byName = new Map(routes.map((route) => [route.operation.name, route]));
  if (routes.length === 0 || byName.size !== routes.length)
    throw refused('paths', 'it has no operations, or several of one name');
  const methods = [...new Set(routes.map(({ method }) => method))];
  const { info } = document;
  const title = isObject(info) && typeof info['title'] === 'string' ? info['title'] : options.id;
  return definePlugin({
    manifest: {
      ...manifest,
      kind: 'integration-connector',
      title: title.trim().slice(0, 120),
      permissions: {
        net: { hosts: [base.host], methods },
        ...(auth === undefined ? {} : { secrets: { handles: [auth.secret] } }),
      },
      contributes: { operations: routes.map(({ operation }) => operation) },
    },
    execute: async (operation, input, host) => {
      const route = byName.get(operation);
      if (route === undefined) throw new UnknownOperationError(options.id, operation);
      const request = requestOf(route, input, { id: options.id, base });
      const given = auth === undefined ? request : { ...request, auth };
      const { response } = await sender.send(host, given, route.operation.idempotent);
      const ok = response.status >= 200 && response.status < 300;
      return { status: response.status, ok, body: bodyOf(response.body) };
    },
  });
}

function requestOf(
  route: Route,
  input: JsonValue,
  { id, base }: { readonly id: string; readonly base: URL },
): HostRequest {
  const given = isObject(input) ? input : {};
  const part = (name: string): Readonly<Record<string, JsonValue>> => {
    const value = given[name];
    return isObject(value) ? value : {};
  };
  const path = route.path.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) =>
    segment(part('path')[name] ?? '', () => {
      const call = { plugin: id, operation: route.operation.name, side: 'input' as const };
      throw new SchemaMismatchError(call, `input.path.${name}`, 'path');
    }),
  );
  const url = new URL(base.href.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(part('query')))
    for (const item of Array.isArray(value) ? (value as readonly JsonValue[]) : [value])
      url.searchParams.append(name, textOf(item));
  const headers = Object.entries(part('header')).map(([name, value]) => [name, textOf(value)]);
  const { body } = given;
  const typed = body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    url: url.href,
    method: route.method,
    headers: { accept: 'application/json', ...Object.fromEntries(headers), ...typed },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

/** A value is one step of a path: it can neither open another nor lead up. */
function segment(value: JsonValue, refuse: () => never): string {
  const text = encodeURIComponent(textOf(value));
  return text === '' || /^\.{1,2}$/.test(text) ? refuse() : text;
}

function textOf(value: JsonValue): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function bodyOf(text: string): JsonValue {
  if (text === '') return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Failures are often told in plain words, whatever the document says.
    return text;
  }
}

function baseOf(document: OpenApiConnectorOptions['document'], baseUrl: string | undefined): URL {
  const { servers } = document;
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
  const url = baseUrl ?? (isObject(first) ? first['url'] : undefined);
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:\/\//.test(url))
    throw refused('servers', 'it names no server; give a baseUrl');
  return new URL(url);
}

function kebab(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
}

function refused(path: string, message: string): InvalidManifestError {
  return new InvalidManifestError('OpenAPI document', [{ path, message }]);
}
