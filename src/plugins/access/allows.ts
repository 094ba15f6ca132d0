import { satisfies } from 'semver';

import type { PermissionName, Permissions } from '../contract/index.ts';

/** One thing that a plugin wants to do, as the host sees it. */
export type Wish =
  | {
      readonly permission: 'net';
      readonly host: string;
      readonly port: string;
      readonly method: string;
    }
  | { readonly permission: 'fs.read' | 'fs.write'; readonly path: string }
  | { readonly permission: 'env' | 'secrets' | 'events' | 'llm' | 'spawn'; readonly name: string }
  | {
      readonly permission: 'tools';
      readonly plugin: string;
      readonly version: string;
      readonly operation: string;
    }
  | { readonly permission: 'state' | 'time' | 'random' };

/** Who gives permissions. A plugin may do what all of them allow: manifest ∩ grant ∩ policy ∩ caller. */
export interface Layer {
  readonly name: 'manifest' | 'grant' | 'policy' | 'caller';
  readonly permissions: Permissions;
}

/** Gives the first layer that does not allow `wish`; undefined when all do. No layer at all allows nothing. */
export function deniedBy(layers: readonly Layer[], wish: Wish): Layer['name'] | undefined {
  if (layers.length === 0) return 'policy';
  return layers.find(({ permissions }) => !allows(permissions, wish))?.name;
}

/** Tells whether one set of permissions allows `wish`. */
export function allows(permissions: Permissions, wish: Wish): boolean {
  switch (wish.permission) {
    case 'net':
      return allowsRequest(permissions, wish);
    case 'fs.read':
    case 'fs.write':
      return permissions[wish.permission]?.roots.some((root) => isWithin(root, wish.path)) === true;
    case 'tools':
      return allowsTool(permissions, wish);
    case 'state':
    case 'time':
    case 'random':
      return permissions[wish.permission] !== undefined;
    case 'env':
    case 'secrets':
    case 'events':
    case 'llm':
    case 'spawn':
      return namesOf(permissions, wish.permission).includes(wish.name);
  }
}

function namesOf(
  { env, secrets, events, llm, spawn }: Permissions,
  permission: 'env' | 'secrets' | 'events' | 'llm' | 'spawn',
): readonly string[] {
  const lists = {
    env: env?.names,
    secrets: secrets?.handles,
    events: events?.names,
    llm: llm?.models,
    spawn: spawn?.commands,
  };
  return lists[permission] ?? [];
}

function allowsRequest(
  { net }: Permissions,
  { host, port, method }: Extract<Wish, { permission: 'net' }>,
): boolean {
  if (net === undefined) return false;
  return (
    net.methods.some((allowed) => allowed === method) &&
    net.hosts.some((pattern) => matchesHost(pattern, host, port))
  );
}

/** Gives what is asked for in `wanted` and not in `given`, by permission and caveat: `net.hosts:api.example.com`. */
export function beyond(wanted: Permissions, given: Permissions): readonly string[] {
  return [...caveatsOf(wanted)].filter((caveat) => !caveatsOf(given).has(caveat));
}

function allowsTool(
  { tools, plugins }: Permissions,
  { plugin, version, operation }: Extract<Wish, { permission: 'tools' }>,
): boolean {
  const named = tools?.names.some(
    (name) => name === `${plugin}/${operation}` || name === `${plugin}/*`,
  );
  const range =
    plugins !== undefined && Object.hasOwn(plugins, plugin) ? plugins[plugin] : undefined;
  return named === true || (range !== undefined && satisfies(version, range));
}

/** `*` alone matches every host, `*.a.example` every host below it, and a pattern with a port that port only. */
function matchesHost(pattern: string, host: string, port: string): boolean {
  const [name = '', wanted] = pattern.split(':');
  if (wanted !== undefined && wanted !== port) return false;
  if (name === '*') return true;
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name;
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function caveatsOf(permissions: Permissions): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [name, caveats] of Object.entries(permissions) as [PermissionName, unknown][]) {
    found.add(name);
    if (typeof caveats !== 'object' || caveats === null) continue;
    for (const [key, value] of Object.entries(caveats)) {
      for (const item of Array.isArray(value) ? value : [JSON.stringify(value)])
        found.add(`${name}.${key}:${String(item)}`);
    }
  }
  return found;
}
