import { expect, test } from 'vitest';

import { canonicalJson } from '../../kernel/index.ts';
import { anEvent, openTrail } from '../fixtures/trail.ts';
import { digestOf, linkOf } from '../verify/verifier.ts';
import { toCloudEvent } from './cloud-events.ts';
import { readEntries, type StoredEntry } from './json-lines.ts';
import { toOcsf } from './ocsf.ts';

async function entriesOf(...kinds: Parameters<typeof anEvent>[1][]): Promise<StoredEntry[]> {
  await using trail = await openTrail();
  for (const [at, kind] of kinds.entries()) await trail.log.append(anEvent(String(at), kind));
  const entries: StoredEntry[] = [];
  for await (const entry of readEntries(trail.log, { from: 1 })) entries.push(entry);
  return entries;
}

test('an entry is stored in canonical form', async () => {
  const [entry] = await entriesOf('effect');
  expect(canonicalJson(JSON.parse(entry?.body ?? ''))).toBe(entry?.body);
});

test('a CloudEvent carries the entry so that its hash can be computed again', async () => {
  const [entry] = await entriesOf('gate-verdict');
  if (entry === undefined) throw new Error('nothing was stored');
  const told = toCloudEvent(entry);
  expect(told).toMatchObject({
    specversion: '1.0',
    id: '1',
    type: 'phasegate.audit.gate-verdict',
    subject: 'run-1',
    datacontenttype: 'application/json',
  });
  const received = JSON.parse(JSON.stringify(told)) as typeof told;
  const hash = linkOf(received.auditprevious, digestOf(canonicalJson(received.data)));
  expect(hash).toBe(received.audithash);
  const attributes = Object.keys(told);
  expect(attributes.filter((name) => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
});

test('a verdict is a Compliance Finding, a run is Application Lifecycle, a call is API Activity', async () => {
  const told = (await entriesOf('gate-verdict', 'run-started', 'model-call', 'effect')).map(toOcsf);
  expect(told.map(({ class_uid, activity_id }) => [class_uid, activity_id])).toEqual([
    [2003, 1],
    [6002, 3],
    [6003, 2],
    [6003, 3],
  ]);
  for (const event of told) {
    expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id);
    expect(event.category_uid).toBe(Math.floor(event.class_uid / 1000));
    expect(event.time).toBe(
      Date.parse(String(Reflect.get(Object(event['metadata']), 'original_time'))),
    );
  }
  expect(told[0]).toMatchObject({ compliance: { status_id: 1, standards: ['phasegate'] } });
});
