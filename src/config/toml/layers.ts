import { formatPath, type Path, type Place, type Problem } from '../problem.ts';
import { spotKey, type Spot, type Table, type TomlDocument } from './toml-document.ts';

/** Layers laid over each other: a later layer wins key by key, and places point to the layer that won. */
export interface Layers {
  readonly value: Table;
  /** Where the value at `path` stands, or the nearest table above it that is written down. */
  valueAt(path: Path): Place;
  /** Where the key at `path` stands, or the nearest table above it that is written down. */
  keyAt(path: Path): Place;
  readonly problems: readonly Problem[];
}

/** Keys that could reach a prototype. */
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Lays `documents` over each other, first at the bottom. Tables merge; everything else is replaced whole. */
export function layDocuments(documents: readonly TomlDocument[]): Layers {
  const spots = new Map<string, Spot>();
  const problems: Problem[] = [];
  let value: Table = {};
  for (const document of documents) {
    for (const [key, spot] of document.spots) spots.set(key, spot);
    value = merge(value, document.value, []);
  }
  const spotAt = (path: Path): Spot => {
    for (let length = path.length; length > 0; length -= 1) {
      const spot = spots.get(spotKey(path.slice(0, length)));
      if (spot !== undefined) return spot;
    }
    return { key: { source: 'configuration' }, value: { source: 'configuration' } };
  };
  const refused = [...spots.keys()]
    .map((key): Path => JSON.parse(key) as Path)
    .filter((path) => REFUSED_KEYS.has(String(path.at(-1))));
  for (const path of refused) {
    problems.push({
      kind: 'unknown-key',
      place: spotAt(path).key,
      path: formatPath(path),
      message: 'this key is reserved and cannot be used.',
    });
  }
  return {
    value,
    valueAt: (path) => spotAt(path).value,
    keyAt: (path) => spotAt(path).key,
    problems,
  };
}

function merge(lower: Table, upper: Table, path: Path): Table {
  const result: Record<string, unknown> = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    if (REFUSED_KEYS.has(key)) continue;
    const below = Object.hasOwn(lower, key) ? lower[key] : undefined;
    result[key] = isTable(value)
      ? merge(isTable(below) ? below : {}, value, [...path, key])
      : value;
  }
  return result;
}

/** Tells whether `value` is a TOML table. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
