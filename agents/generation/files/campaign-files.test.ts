import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';

import { bicycles, savings } from '../fixtures/campaigns.ts';
import { written } from '../fixtures/judge.ts';
import type { Deliverable } from '../artifact.ts';
import { campaignFiles } from './campaign-files.ts';
import { CampaignList } from './campaign-list.ts';

const deliverables = [written(bicycles()).generation, written(savings()).generation];
const messages = deliverables.flatMap((deliverable) =>
  deliverable.emails.map((email) => ({
    email,
    sender: deliverable.sender,
    source:
      campaignFiles(deliverable).find(({ path }) => path === `${email.id}.eml`)?.content ?? '',
  })),
);
const unfolded = (text: string) => text.replace(/\r\n/gu, '\n');

test('gives three files an email and one list of all', () => {
  const paths = campaignFiles(written(savings()).generation).map(({ path }) => path);
  expect(paths).toHaveLength(4 * 3 + 1);
  expect(paths.slice(0, 3)).toEqual([
    'step-1-handwerksbetriebe.eml',
    'step-1-handwerksbetriebe.html',
    'step-1-handwerksbetriebe.txt',
  ]);
  expect(paths.at(-1)).toBe('campaign.json');
});

test.each(messages)(
  'another library reads $email.id as it was written',
  async ({ email, sender, source }) => {
    const parsed = await PostalMime.parse(source);
    expect(parsed.subject).toBe(email.subject);
    expect(parsed.from).toMatchObject({ name: sender.name, address: sender.email });
    expect(unfolded(parsed.text ?? '').trim()).toBe(email.text.trim());
    expect(unfolded(parsed.html ?? '').trim()).toBe(email.html.trim());
  },
);

test.each(messages)('$email.id keeps to the rules of Internet messages', ({ source }) => {
  const [head = ''] = source.split('\r\n\r\n');
  expect(source.replace(/\r\n/gu, '')).not.toMatch(/[\r\n]/u);
  expect(source).not.toMatch(/[^\p{ASCII}]/u);
  for (const line of source.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  for (const name of [
    'From',
    'To',
    'Subject',
    'Message-ID',
    'MIME-Version',
    'Content-Type',
    'List-Unsubscribe',
    'List-Unsubscribe-Post',
  ]) {
    expect([name, head.match(new RegExp(`^${name}:`, 'gmu'))?.length]).toEqual([name, 1]);
  }
  expect(head).not.toMatch(/^Date:/mu);
  expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
});

test.each(messages)('no line break parts a merge field of $email.id', ({ source }) => {
  const parted = source.replace(/=\r\n/gu, '\u0000').match(/\{\{[^{}]*\}\}/gu) ?? [];
  expect(parted.length).toBeGreaterThan(0);
  expect(parted.filter((field) => field.includes('\u0000'))).toEqual([]);
});

test('gives the same bytes for the same deliverable, and another boundary for another email', () => {
  const [one, two] = messages;
  const boundary = (source: string) => /boundary="?([^"\r]+)/u.exec(source)?.[1];
  expect(campaignFiles(written(bicycles()).generation)).toEqual(
    campaignFiles(written(bicycles()).generation),
  );
  expect(boundary(one?.source ?? '')).not.toBe(boundary(two?.source ?? ''));
});

test('no text makes a header of its own', async () => {
  const [deliverable] = deliverables;
  if (deliverable === undefined) throw new Error('Expected a deliverable.');
  const emails = deliverable.emails.map((email) => ({
    ...email,
    subject: 'Hello\r\nBcc: x@evil.example',
  }));
  const source = campaignFiles({ ...deliverable, emails })[0]?.content ?? '';
  const parsed = await PostalMime.parse(source);
  expect(parsed.bcc ?? []).toEqual([]);
  expect(source).not.toMatch(/^Bcc:/mu);
});

test('lists what every claim rests on', () => {
  const list: unknown = JSON.parse(
    campaignFiles(written(bicycles()).generation).at(-1)?.content ?? '',
  );
  expect(list).toMatchObject({
    title: 'Spring season at Wheelhouse',
    emails: expect.arrayContaining([
      expect.objectContaining({
        id: 'step-1-commuters',
        files: expect.objectContaining({ eml: 'step-1-commuters.eml' }),
      }),
    ]),
  });
});

const listOf = (deliverable: Deliverable) =>
  CampaignList.parse(JSON.parse(campaignFiles(deliverable).at(-1)?.content ?? ''));

test('says of every email to whom, why and when it goes out', () => {
  const [first, second, third] = listOf(written(bicycles()).generation).emails;
  expect(first).toMatchObject({
    purpose: 'announce',
    segment: 'commuters',
    segmentName: 'Commuters',
    send: { dayOffset: 0, on: null, notAfter: null },
    sameAs: null,
  });
  expect(second?.segmentName).toBe('Families');
  expect(third?.send?.dayOffset).toBeGreaterThan(0);
});

test('marks an email that says to a segment what another says already', () => {
  const { generation } = written(bicycles());
  const [first, second, ...rest] = generation.emails;
  if (first === undefined || second === undefined) throw new Error('Expected two emails.');
  const { subject, preheader, text, html } = first;
  const emails = [first, { ...second, subject, preheader, text, html }, ...rest];
  const sameAs = listOf({ ...generation, emails }).emails.map((email) => email.sameAs);
  expect(sameAs.slice(0, 3)).toEqual([null, first.id, null]);
});

test.each(deliverables)(
  'plain text has at most 76 columns but for links: $title',
  (deliverable) => {
    for (const { path, content } of campaignFiles(deliverable)) {
      if (!path.endsWith('.txt')) continue;
      for (const line of content.split('\n'))
        expect(line.length <= 76 || !line.includes(' ')).toBe(true);
    }
  },
);
