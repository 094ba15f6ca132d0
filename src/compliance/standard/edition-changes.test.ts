import { expect, test } from 'vitest';

import { findStandard } from '../gate/find-standard.ts';
import { defineStandard } from './define-standard.ts';
import { editionChanges } from './edition-changes.ts';

const sox = findStandard('sox');
const NOTHING = { dropped: [], ungated: [], changed: [], added: [], texts: [] };

test('an edition that has only a newer version changes nothing', () => {
  const edition = defineStandard({ ...sox.pack, version: '1.1.0' });
  expect(editionChanges(edition, sox)).toEqual(NOTHING);
});

test('what an edition leaves out, asks otherwise, no longer asks at gates, adds and says of itself is told', () => {
  const [first, second, ...rest] = sox.pack.checks.filter(({ id }) => id !== 'SOX-03');
  if (first === undefined || second === undefined) throw new Error('no checks');
  const edition = defineStandard({
    ...sox.pack,
    extent: { ...sox.pack.extent, total: 1 },
    neverAttestable: ['Nothing.'],
    checks: [
      { ...first, mode: 'report' },
      { ...second, cannotSay: 'Nothing.' },
      ...rest,
      { id: 'OWN-01', controls: ['1'], primitive: 'budget.limits' },
    ],
  });
  expect(editionChanges(edition, sox)).toEqual({
    dropped: ['SOX-03'],
    ungated: [first.id],
    changed: [first.id, second.id],
    added: ['OWN-01'],
    texts: ['extent', 'neverAttestable'],
  });
});
