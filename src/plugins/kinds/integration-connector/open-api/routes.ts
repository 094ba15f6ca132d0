import type { JsonValue } from '../../../../kernel/index.ts';
import type { HostRequest, JsonSchema, Operation } from '../../../contract/index.ts';
import { schemaFrom } from '../../operation.ts';
import { isObject } from '../../schema-shape.ts';
import { dereferenced, jsonSchemaOf } from './schemas.ts';

type JsonObject = Readonly<Record<string, JsonValue>>;

/** A place of a value in a request. */
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonObject;
}

/** One operation of an interface, and how its requests are made. */
export interface Route {
  readonly operation: Operation;
  readonly method: NonNullable<HostRequest['method']>;
  /** `/orders/{orderId}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly takesBody: boolean;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const KEY_HEADER = 'idempotency-key';

/** Reads the operations of an OpenAPI 3.0 or 3.1 document: those whose bodies are JSON. */
export function routesOf(document: JsonObject): readonly Route[] {
  const { paths } = document;
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, given]) => {
    const item = dereferenced(document, given);
    return METHODS.flatMap((method) => {
      const operation = item[method.toLowerCase()];
      return isObject(operation) ? [routeOf(document, { path, method, item, operation })] : [];
    });
  });
}

interface Place {
  readonly path: string;
  readonly method: (typeof METHODS)[number];
  readonly item: JsonObject;
  readonly operation: JsonObject;
}

function routeOf(document: JsonObject, { path, method, item, operation }: Place): Route {
  const parameters = parametersOf(document, item, operation);
  const body = jsonContent(document, dereferenced(document, operation['requestBody']));
  const reads = method === 'GET' || method === 'HEAD';
  const keyed = parameters.some(({ name }) => name.toLowerCase() === KEY_HEADER);
  const { summary, description, operationId } = operation;
  const said = [summary, description, `${method} ${path}`]
    .filter((text) => typeof text === 'string')
    .find((text) => text.trim() !== '');
  return {
    method,
    path,
    parameters,
    takesBody: body !== undefined,
    operation: {
      name: nameOf(typeof operationId === 'string' ? operationId : `${method} ${path}`),
      description: (said ?? path).slice(0, 1000),
      input: inputOf(parameters, body),
      output: outputOf(document, operation),
      sideEffects: !reads,
      // RFC 9110, 9.2.2; or by a key that the other side asks for.
      idempotent: reads || method === 'PUT' || method === 'DELETE' || keyed,
    },
  };
}

function parametersOf(
  document: JsonObject,
  item: JsonObject,
  operation: JsonObject,
): readonly Parameter[] {
  const all = [operation, item].flatMap(({ parameters }) =>
    Array.isArray(parameters) ? (parameters as readonly JsonValue[]) : [],
  );
  const found: Parameter[] = [];
  for (const given of all) {
    const { name, in: place, required, schema } = dereferenced(document, given);
    const known = found.some((other) => other.name === name && other.in === place);
    if (typeof name !== 'string' || known) continue;
    // Cookies are the host's; what else a document may say has no place in a request.
    if (place !== 'path' && place !== 'query' && place !== 'header') continue;
    const isRequired = place === 'path' || required === true;
    found.push({ name, in: place, required: isRequired, schema: jsonSchemaOf(document, schema) });
  }
  return found;
}

function inputOf(parameters: readonly Parameter[], body: Body | undefined): JsonSchema {
  const properties: Record<string, JsonValue> = {};
  const required: string[] = [];
  for (const place of ['path', 'query', 'header'] as const) {
    const here = parameters.filter((parameter) => parameter.in === place);
    if (here.length === 0) continue;
    const needed = here.filter((parameter) => parameter.required).map(({ name }) => name);
    properties[place] = {
      type: 'object',
      properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
      additionalProperties: false,
      ...(needed.length > 0 ? { required: needed } : {}),
    };
    if (needed.length > 0) required.push(place);
  }
  if (body !== undefined) {
    properties['body'] = body.schema;
    if (body.required) required.push('body');
  }
  return schemaFrom({
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
  });
}

/** The status and the body; the body of success is held against its schema, that of a failure is as it is. */
function outputOf(document: JsonObject, operation: JsonObject): JsonSchema {
  const { responses } = operation;
  const success = isObject(responses)
    ? Object.entries(responses).find(([status]) => /^2(\d\d|XX)$/i.test(status))?.[1]
    : undefined;
  const body = jsonContent(document, dereferenced(document, success))?.schema ?? {};
  return schemaFrom({
    type: 'object',
    properties: { status: { type: 'integer' }, ok: { type: 'boolean' }, body: {} },
    required: ['status', 'ok', 'body'],
    additionalProperties: false,
    anyOf: [
      { type: 'object', properties: { ok: { const: true }, body } },
      { type: 'object', properties: { ok: { const: false } } },
    ],
  });
}

interface Body {
  readonly schema: JsonObject;
  readonly required: boolean;
}

function jsonContent(document: JsonObject, { content, required }: JsonObject): Body | undefined {
  if (!isObject(content)) return undefined;
  const found = Object.entries(content).find(([type]) =>
    /^application\/([\w.-]+\+)?json\b/i.test(type),
  );
  if (found === undefined) return undefined;
  const { schema } = dereferenced(document, found[1]);
  return { schema: jsonSchemaOf(document, schema), required: required === true };
}

/** `listOpenOrders` becomes `list-open-orders`. */
function nameOf(text: string): string {
  const words = text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return (words === '' ? 'operation' : words).slice(0, 64);
}
