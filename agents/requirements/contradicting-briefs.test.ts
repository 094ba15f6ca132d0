import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import type { Requirements } from './artifact.ts';
import { readBrief } from './testing/run-requirements.ts';

async function read(file: string): Promise<Requirements> {
  const place = new URL(`./fixtures/contradicting/${file}`, import.meta.url);
  return await readBrief(await readFile(place, 'utf8'));
}

/** Each brief holds planted contradictions, and true facts that only look like ones: other rooms, years, people, things. */
test.each([
  [
    'chatty-bakery.txt',
    [
      ['constraints.mustSay', /gluten friendly.+gluten/],
      ['deadlines', /6 March 2027.+13 March 2027/],
    ],
    ['keyMessages'],
  ],
  [
    'bullet-cinema.md',
    [
      ['audience', /only subscribers.+everybody in Exampleton/],
      ['deadlines', /5 July 2027.+30 June 2027/],
    ],
    [],
  ],
  [
    'librairie.txt',
    [
      ['deadlines', /12 mars 2027.+19 mars 2027/],
      ['offer', /20 € par mois.+25 euros par mois/],
    ],
    [],
  ],
  [
    'academia.txt',
    [
      ['audience', /solo alumnos.+no son alumnos/],
      ['channels', /ningún correo/],
    ],
    [],
  ],
  [
    'table-hotel.md',
    [
      ['deadlines', /15 January 2027.+10 January 2027/],
      ['tone', /formal and cheeky/],
    ],
    [],
  ],
  [
    'thread-garden.txt',
    [
      ['constraints.mustSay', /free entry.+free/],
      ['deadlines', /24 April 2027.+17 April 2027/],
    ],
    [],
  ],
  [
    'chatty-gym.txt',
    [
      ['audience', /only members.+not a member/],
      ['channels', /Do not send any email/],
      ['constraints.mustSay', /free trial class.+free/],
      ['deadlines', /1 February 2027.+15 February 2027/],
      ['deadlines', /20 January 2027.+10 January 2027/],
      ['offer', /£20 a month.+25 pounds a month/],
      ['tone', /formal and very casual/],
    ],
    ['objective', 'keyMessages'],
  ],
] as const)(
  '%s is asked about what was planted, and about nothing else',
  async (file, planted, missing) => {
    const told = await read(file);
    const found = told.contradictions
      .map(({ field, text }) => ({ field, text }))
      .toSorted((one, other) =>
        `${one.field} ${one.text}` < `${other.field} ${other.text}` ? -1 : 1,
      );
    expect(found).toHaveLength(planted.length);
    for (const [field, words] of planted)
      expect(found).toContainEqual({ field, text: expect.stringMatching(words) });
    expect(told.missing).toEqual(missing);
    expect(told.questions).toHaveLength(planted.length + missing.length);
  },
);

test('the headers of a forwarded mail name neither sender, nor audience, nor a deadline', async () => {
  const { title, audience, sender, deadlines, notUsed } = await read('thread-garden.txt');
  expect(title?.text).toBe('Spring plant fair');
  expect(audience.map(({ name }) => name)).toEqual(['Hobby gardeners']);
  expect(sender.name?.text).toBe('Example Garden Society');
  expect(deadlines.map(({ date }) => date)).toEqual(['2027-04-18']);
  expect(notUsed.passages.map(({ text }) => text)).toContain('To: Studio');
});

test('"From:" and "To:" are labels where no mail program wrote them', async () => {
  const { audience, sender } = await readBrief(
    'From: Example Spades\nTo: Gardeners\nSubject: Spring\n',
  );
  expect(audience.map(({ name }) => name)).toEqual(['Gardeners']);
  expect(sender.name?.text).toBe('Example Spades');
});
