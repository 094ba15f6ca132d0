import { allows, type Wish } from '../../../access/allows.ts';
import type { PermissionName, Permissions } from '../../../contract/index.ts';
import { factsOf, type ScanSubject } from '../../scan-rule.ts';
import { onlyText, type FactOf, type Value } from '../../source/index.ts';

/** Something that code does through its host. */
export interface HostUse {
  readonly permission: PermissionName;
  /** Undefined where what is asked for is only known when it runs. */
  readonly wish: Wish | undefined;
  readonly file: string;
  readonly line: number;
  readonly isGuess: boolean;
}

type Call = FactOf<'host-call'>;
type Options = readonly Value[];

/** Gives every permission that code uses through its host, with what it asks for where that is known. */
export function hostUses(subject: Pick<ScanSubject, 'code'>): readonly HostUse[] {
  return [...factsOf(subject, 'host-call')].flatMap((call) =>
    usesOf(call).map((use) => ({
      ...use,
      file: call.file,
      line: call.line,
      isGuess: call.isGuess,
    })),
  );
}

/** Tells whether the manifest lets the code do it; what is not known beforehand needs the permission at its broadest. */
export function isDeclared(use: HostUse, { manifest }: Pick<ScanSubject, 'manifest'>): boolean {
  const { permissions } = manifest;
  const { permission, wish } = use;
  if (wish === undefined) return isBroadlyDeclared(permission, permissions);
  // Which version would answer is not known: that the plugin is named will do.
  if (wish.permission === 'tools' && permissions.plugins?.[wish.plugin] !== undefined) return true;
  if (wish.permission !== 'net' || wish.method !== ANY_METHOD) return allows(permissions, wish);
  const { net } = permissions;
  return net?.methods.some((method) => allows(permissions, { ...wish, method })) === true;
}

function isBroadlyDeclared(permission: PermissionName, permissions: Permissions): boolean {
  const { net, tools, plugins } = permissions;
  if (permission === 'net') return net?.hosts.includes('*') === true;
  if (permission === 'tools') return tools !== undefined || plugins !== undefined;
  return permissions[permission] !== undefined;
}

/** The method is only known when it runs. */
const ANY_METHOD = '*';

type Use = Pick<HostUse, 'permission' | 'wish'>;

function usesOf(call: Call): readonly Use[] {
  const [first = []] = call.args;
  const named = (permission: 'env' | 'events' | 'llm', options: Options): Use => {
    const name = onlyText(options);
    return { permission, wish: name === undefined ? undefined : { permission, name } };
  };
  switch (call.call) {
    case 'fetch':
      return requestUses(call, first);
    case 'readFile':
      return [fileUse('fs.read', first)];
    case 'writeFile':
      return [fileUse('fs.write', first)];
    case 'env':
      return [named('env', first)];
    case 'emit':
      return [named('events', first)];
    case 'complete':
      return [named('llm', call.member(first, 'model'))];
    case 'callTool':
      return [toolUse(first)];
    case 'getState':
    case 'setState':
      return [{ permission: 'state', wish: { permission: 'state' } }];
    case 'now':
      return [{ permission: 'time', wish: { permission: 'time' } }];
    case 'random':
      return [{ permission: 'random', wish: { permission: 'random' } }];
    default:
      return [];
  }
}

function fileUse(permission: 'fs.read' | 'fs.write', options: Options): Use {
  const path = onlyText(options);
  if (path === undefined) return { permission, wish: undefined };
  return { permission, wish: { permission, path: path.replace(/^(?:\.\/)+/, '') } };
}

function toolUse(options: Options): Use {
  const [plugin = '', operation] = (onlyText(options) ?? '').split('/');
  const wish: Wish | undefined =
    operation === undefined
      ? undefined
      : { permission: 'tools', plugin, version: '0.0.0', operation };
  return { permission: 'tools', wish };
}

function requestUses({ member }: Call, request: Options): readonly Use[] {
  // What stands in the request is known only where the request is written out.
  const urls = member(request, 'url');
  const methods = member(request, 'method');
  const method = methods.every(({ is }) => is === 'unknown') ? 'GET' : onlyText(methods);
  const net = (urls.length === 0 ? [undefined] : urls).map((url): Use => {
    const place = url === undefined ? undefined : placeOf(url);
    const wish: Wish | undefined =
      place === undefined
        ? undefined
        : { permission: 'net', ...place, method: method ?? ANY_METHOD };
    return { permission: 'net', wish };
  });
  const auth = member(request, 'auth').filter(({ is }) => is !== 'unknown');
  if (auth.length === 0) return net;
  const name = onlyText(member(auth, 'secret'));
  const wish: Wish | undefined = name === undefined ? undefined : { permission: 'secrets', name };
  return [...net, { permission: 'secrets', wish }];
}

/** Gives host and port of a URL whose beginning is known up to the end of the host. */
function placeOf(value: Value): { readonly host: string; readonly port: string } | undefined {
  if (value.is !== 'text') return undefined;
  const [start] = value.parts;
  const isWhole = value.parts.length === 1;
  const authority = /^(https?):\/\/([^/?#\\]*)(?=[/?#\\]|$)/i.exec(start ?? '');
  if (start === undefined || authority === null) return undefined;
  // `https://${host}` and `https://a.example${rest}` may lead anywhere.
  if (!isWhole && authority[0].length === start.length) return undefined;
  if (!URL.canParse(authority[0])) return undefined;
  const { hostname, port, protocol } = new URL(authority[0]);
  return { host: hostname, port: port === '' ? (protocol === 'http:' ? '80' : '443') : port };
}
