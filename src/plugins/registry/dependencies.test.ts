import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MissingDependencyError } from '../errors/index.ts';
import { dependencyLayers, dependentsBroken, type DependencyFacts } from './dependencies.ts';

function plugin(id: string, version: string, more: Partial<DependencyFacts> = {}): DependencyFacts {
  return { id, version, engines: { phasegate: '>=0.1.0' }, ...more };
}

test('places what others need first, in layers', () => {
  const layers = dependencyLayers(
    [
      plugin('a.top', '1.0.0', { requires: { 'a.middle': '^1.0.0', 'a.base': '*' } }),
      plugin('a.middle', '1.2.0', { requires: { 'a.base': '>=2' } }),
      plugin('a.base', '2.0.0'),
      plugin('a.alone', '1.0.0', { optional: { 'a.absent': '^1' } }),
    ],
    '0.1.0',
  );
  expect(layers).toEqual([['a.alone', 'a.base'], ['a.middle'], ['a.top']]);
});

test('names the whole path of a cycle', () => {
  const cyclic = [
    plugin('a.one', '1.0.0', { requires: { 'a.two': '*' } }),
    plugin('a.two', '1.0.0', { requires: { 'a.three': '*' } }),
    plugin('a.three', '1.0.0', { requires: { 'a.one': '*' } }),
    plugin('a.before', '1.0.0', { requires: { 'a.one': '*' } }),
  ];
  expect(() => dependencyLayers(cyclic, '0.1.0')).toThrow(
    /circle: a\.one → a\.two → a\.three → a\.one\./,
  );
});

test('names the way on from a version that does not fit, which is another one than to add it', () => {
  const hintOf = (found?: string): string | undefined =>
    new MissingDependencyError('a.mine', 'a.base@^3', found).hint;
  expect(hintOf('2.0.0')).toContain('phasegate plugins enable ID@VERSION');
  expect(hintOf()).toContain('Add and enable');
});

test.each([
  ['a missing one', { requires: { 'a.other': '^1' } }, 'PLUGINS_MISSING_DEPENDENCY'],
  ['one in a wrong version', { requires: { 'a.base': '^3' } }, 'PLUGINS_MISSING_DEPENDENCY'],
  [
    'an optional one in a wrong version',
    { optional: { 'a.base': '^3' } },
    'PLUGINS_MISSING_DEPENDENCY',
  ],
  ['one in conflict', { conflicts: { 'a.base': '<3' } }, 'PLUGINS_CONFLICT'],
  ['another engine', { engines: { phasegate: '>=9' } }, 'PLUGINS_ENGINE_MISMATCH'],
])('refuses %s', (_name, more, code) => {
  const wanted = [plugin('a.base', '2.0.0'), plugin('a.top', '1.0.0', more)];
  expect(() => dependencyLayers(wanted, '0.1.0')).toThrow(expect.objectContaining({ code }));
});

test('tells who would break when a plugin changes its version or goes', () => {
  const active = [
    plugin('a.top', '1.0.0', { requires: { 'a.base': '^2' } }),
    plugin('a.rival', '1.0.0', { conflicts: { 'a.base': '^3' } }),
  ];
  expect(dependentsBroken(active, 'a.base', undefined)).toEqual(['a.top']);
  expect(dependentsBroken(active, 'a.base', '3.0.0')).toEqual(['a.top', 'a.rival']);
  expect(dependentsBroken(active, 'a.base', '2.9.0')).toEqual([]);
});

test('every plugin stands after all that it needs, whatever the order they come in', () => {
  const graphs = fc.array(fc.uniqueArray(fc.nat(9), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 10,
  });
  fc.assert(
    fc.property(graphs, fc.infiniteStream(fc.nat()), (edges, order) => {
      const wanted = edges.map((needed, index) => {
        const ids = needed.filter((other) => other < index).map((other) => [`a.p${other}`, '*']);
        return plugin(`a.p${index}`, '1.0.0', {
          requires: Object.fromEntries(ids) as Record<string, string>,
        });
      });
      const shuffled = wanted
        .map((facts) => ({ facts, rank: Number(order.next().value) }))
        .toSorted((one, other) => one.rank - other.rank)
        .map(({ facts }) => facts);
      const flat = dependencyLayers(shuffled, '1.0.0').flat();
      expect(flat).toHaveLength(wanted.length);
      for (const { id, requires = {} } of wanted)
        for (const other of Object.keys(requires))
          expect(flat.indexOf(other)).toBeLessThan(flat.indexOf(id));
    }),
  );
});
