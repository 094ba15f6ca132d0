import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import {
  PERMISSION_NAMES,
  PluginKind,
  type Manifest,
  type PluginPackage,
} from '../contract/index.ts';
import { conformanceOf } from './conformance.ts';
import { openConformanceRun } from './conformance-run.ts';
import { demandsOf } from './demands.ts';
import { violatingPlugins } from './fixtures/violating-plugins.ts';
import { kinds } from './registry.generated.ts';

const builtIns: readonly PluginPackage[] = Object.values(kinds).flatMap((kind) => kind.builtIns);

async function failures(plugin: PluginPackage): Promise<readonly string[]> {
  await using run = await openConformanceRun(plugin, { others: builtIns });
  const results = await conformanceOf(plugin, run);
  expect(results).not.toEqual([]);
  return results.flatMap(({ outcome, rule, detail }) =>
    outcome === 'fail' ? [`${rule} ${detail ?? ''}`.trim()] : [],
  );
}

test('there is a folder for every kind, with at least two plugins of that kind', () => {
  expect(Object.keys(kinds).toSorted()).toEqual([...PluginKind.options].toSorted());
  for (const [name, { kind, builtIns: own }] of Object.entries(kinds)) {
    expect(kind).toBe(name);
    expect(own.length).toBeGreaterThanOrEqual(2);
    expect(own.map(({ manifest }) => manifest.kind)).toEqual(own.map(() => kind));
    const page = readFileSync(new URL(`${kind}/README.md`, import.meta.url), 'utf8');
    for (const part of ['**Operations.**', '**Permissions**', '**Conformance.**'])
      expect(page).toContain(part);
  }
});

test.each(builtIns.map((plugin) => [plugin.manifest.id, plugin] as const))(
  '%s keeps what its kind promises',
  async (_id, plugin) => {
    expect(await failures(plugin)).toEqual([]);
  },
);

describe('a plugin that breaks what its kind promises is found out', () => {
  test.each(violatingPlugins)('$kind: $breaks', async ({ plugin, found }) => {
    expect((await failures(plugin)).join('\n')).toContain(found);
  });

  test('there is one of every kind', () => {
    const broken = new Set<string>(violatingPlugins.map(({ kind }) => kind));
    expect([...broken].toSorted()).toEqual([...PluginKind.options].toSorted());
  });
});

// Connectors may ask for all there is.
const confined = builtIns.filter(({ manifest }) => manifest.kind !== 'integration-connector');

test.each(confined.map(({ manifest }) => [manifest.kind, manifest] as const))(
  'a %s that asks for a permission which its kind has no use for does not fit',
  (_kind, manifest: Manifest) => {
    const greedy = { ...manifest, permissions: { ...manifest.permissions, llm: LLM } };
    expect(demandsOf(greedy)).toContainEqual(expect.objectContaining({ path: 'permissions.llm' }));
  },
);

const LLM = { models: ['any'], budget: { maxCostUsd: 1, maxTokens: 1000 } };

test('every permission is of use to a kind', () => {
  const allowed = Object.values(kinds).flatMap(
    (kind): readonly string[] => kind.allowedPermissions,
  );
  expect([...new Set(allowed)].toSorted()).toEqual([...PERMISSION_NAMES].toSorted());
});
