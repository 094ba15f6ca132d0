import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import type { Email } from '../artifact.ts';
import { writtenFrom } from '../fixtures/written-from.ts';

const BRIEFS = new URL('../../../examples/briefs/', import.meta.url);

async function campaignOf(file: string): Promise<readonly Email[]> {
  return (await writtenFrom(await readFile(new URL(file, BRIEFS), 'utf8'))).generation.emails;
}

test.each([
  ['spring-offer.md', '20 % off all spring tool sets until Sunday, 11 April 2027'],
  ['baeckerei.txt', 'bis 28. März 2027 eine Brezel gratis dazu'],
])('every email of %s carries the offer with its end', async (file, offer) => {
  for (const { id, text } of await campaignOf(file))
    expect([id, text]).toEqual([id, expect.stringContaining(offer)]);
});

test('an email that explains tells the offer after what it explains', async () => {
  const explaining = (await campaignOf('spring-offer.md')).find(
    ({ purpose }) => purpose === 'explain',
  );
  const text = explaining?.text ?? '';
  expect(text.indexOf('sharpening')).toBeGreaterThan(0);
  expect(text.indexOf('20 % off')).toBeGreaterThan(text.indexOf('sharpening'));
  expect(text.indexOf('20 % off')).toBeLessThan(text.indexOf('https://'));
});

test('opens with the offer where the plan says so, and with their own message for others', async () => {
  const [regulars, readers] = await campaignOf('baeckerei.txt');
  expect(regulars?.text).toMatch(/^Für Stammkunden mit Treuekarte/u);
  expect(readers?.text).toMatch(/^Zu jedem Frühlingsbrot gibt es/u);
});

test.each(['long-brief.md', 'spring-offer.md'])(
  'no two emails of %s to a segment open with the same line',
  async (file) => {
    const emails = await campaignOf(file);
    for (const segment of new Set(emails.map((email) => email.segment))) {
      const lines = emails
        .filter((email) => email.segment === segment)
        .map(({ text }) => text.split('\n\n')[2]);
      expect(new Set(lines).size).toBe(lines.length);
    }
  },
);
