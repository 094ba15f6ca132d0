import { satisfies } from 'semver';

import type { Manifest } from '../contract/index.ts';
import {
  ConflictingPluginError,
  CyclicPluginsError,
  EngineMismatchError,
  MissingDependencyError,
} from '../errors/index.ts';

/** What of a manifest its place among others depends on. */
export type DependencyFacts = Pick<
  Manifest,
  'id' | 'version' | 'engines' | 'requires' | 'optional' | 'conflicts'
>;

/**
 * Finds the order in which plugins have to be loaded: those that others need come first.
 *
 * @param wanted - The plugins that are to be active, each once.
 * @param engine - The version of Phasegate.
 * @returns Layers: all plugins of one layer need only plugins of earlier ones. Within a layer the order is by id.
 * @throws {@link EngineMismatchError}, {@link MissingDependencyError}, {@link ConflictingPluginError}, and
 * {@link CyclicPluginsError} with the whole path.
 */
export function dependencyLayers(
  wanted: readonly DependencyFacts[],
  engine: string,
): readonly (readonly string[])[] {
  const known = new Map(wanted.map((plugin) => [plugin.id, plugin]));
  for (const plugin of wanted) demandPartners(plugin, known, engine);
  const layers: string[][] = [];
  let left = wanted.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const placed = new Set<string>();
  while (left.length > 0) {
    const ready = left.filter((plugin) => needs(plugin, known).every((id) => placed.has(id)));
    if (ready.length === 0) throw new CyclicPluginsError(cycleIn(left, known));
    layers.push(ready.map(({ id }) => id));
    for (const { id } of ready) placed.add(id);
    left = left.filter(({ id }) => !placed.has(id));
  }
  return layers;
}

/**
 * Finds the circle of requirements that leads from a plugin back to it: none of its plugins could ever be the first to be active.
 *
 * @param known - What each id means: the active version, or the one that would be enabled.
 * @returns The whole path, `a`, `b`, `a`; undefined when there is none.
 */
export function circleThrough(
  start: DependencyFacts,
  known: ReadonlyMap<string, DependencyFacts>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  const search = (
    plugin: DependencyFacts,
    path: readonly string[],
  ): readonly string[] | undefined => {
    for (const [id, range] of Object.entries(plugin.requires ?? {})) {
      const needed = id === start.id ? start : known.get(id);
      if (needed === undefined || !fits(needed.version, range)) continue;
      if (id === start.id) return [...path, id];
      if (seen.has(id)) continue;
      seen.add(id);
      const found = search(needed, [...path, id]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(start, [start.id]);
}

/** Gives the plugins among `active` that would break if `id` had `version`, or were gone when it is undefined. */
export function dependentsBroken(
  active: readonly DependencyFacts[],
  id: string,
  version: string | undefined,
): readonly string[] {
  return active
    .filter(({ requires = {}, conflicts = {} }) => {
      const required = rangeOf(requires, id);
      const refused = rangeOf(conflicts, id);
      if (required !== undefined && (version === undefined || !fits(version, required)))
        return true;
      return refused !== undefined && version !== undefined && fits(version, refused);
    })
    .map((plugin) => plugin.id);
}

function demandPartners(
  { id, engines, requires = {}, optional = {}, conflicts = {} }: DependencyFacts,
  known: ReadonlyMap<string, DependencyFacts>,
  engine: string,
): void {
  if (!fits(engine, engines.phasegate))
    throw new EngineMismatchError(id, engines.phasegate, engine);
  const versionOf = (other: string): string | undefined => known.get(other)?.version;
  const missing = Object.entries(requires).find(([other, range]) => {
    const found = versionOf(other);
    return found === undefined || !fits(found, range);
  });
  const misfit = Object.entries(optional).find(([other, range]) => {
    const found = versionOf(other);
    return found !== undefined && !fits(found, range);
  });
  const [other, range] = missing ?? misfit ?? [];
  if (other !== undefined)
    throw new MissingDependencyError(id, `${other}@${range ?? ''}`, versionOf(other));
  for (const [refused, refusedRange] of Object.entries(conflicts)) {
    const found = versionOf(refused);
    if (found !== undefined && fits(found, refusedRange))
      throw new ConflictingPluginError(id, `${refused}@${found}`);
  }
}

/** A prerelease fits where its version would: an operator who installed it wants it. */
function fits(version: string, range: string): boolean {
  return satisfies(version, range, { includePrerelease: true });
}

function rangeOf(ranges: Readonly<Record<string, string>>, id: string): string | undefined {
  return Object.hasOwn(ranges, id) ? ranges[id] : undefined;
}

function needs(
  { requires = {}, optional = {} }: DependencyFacts,
  known: ReadonlyMap<string, DependencyFacts>,
): readonly string[] {
  return [...Object.keys(requires), ...Object.keys(optional)].filter((id) => known.has(id));
}

/** Follows what cannot be placed until an id comes back: `a → b → a`. */
function cycleIn(
  left: readonly DependencyFacts[],
  known: ReadonlyMap<string, DependencyFacts>,
): readonly string[] {
  const stuck = new Set(left.map(({ id }) => id));
  const path: string[] = [];
  let current = left[0]?.id;
  while (current !== undefined && !path.includes(current)) {
    path.push(current);
    const plugin = known.get(current);
    current = plugin && needs(plugin, known).find((id) => stuck.has(id));
  }
  return current === undefined ? path : [...path.slice(path.indexOf(current)), current];
}
