import { expect, test } from 'vitest';

import type { Email } from '../artifact.ts';
import { bicycles } from '../fixtures/campaigns.ts';
import { judge, withFirst, written } from '../fixtures/judge.ts';
import { claimsTraced } from './claims-traced.ts';
import { htmlSafe } from './html-safe.ts';
import { untracedSentences } from './untraced-sentences.ts';

const fixture = bicycles();
const campaign = written(fixture);
const fields = ['subject', 'preheader', 'text'] as const;

test.each([
  'www.evil.example.net',
  'evil.example.net/path',
  'https://evil.example.net/x?u=1',
  'ftp://evil.example.net',
  'EVIL.EXAMPLE.NET',
  'evil。example。net',
  'evil\u200B.example.net',
  'wheelhouse.example.evil.net',
  'wheelhouse.example/other',
  'wheelhouse.example@evil.example.net',
  'xn--80ak6aa92e.xn--p1ai',
])('email.html-safe refuses %s in every field', (address) => {
  for (const field of fields) {
    const change = (email: Email) => ({ [field]: `${email[field]} See ${address}.` });
    expect(judge(htmlSafe, withFirst(campaign, change))).toMatchObject({ outcome: 'fail' });
  }
  const inHtml = (email: Email) => ({
    html: email.html.replace('</body>', `<p>${address}</p></body>`),
  });
  expect(judge(htmlSafe, withFirst(campaign, inHtml))).toMatchObject({ outcome: 'fail' });
});

test.each([
  'https://wheelhouse.example/pass',
  'wheelhouse.example/pass',
  'Wheelhouse.example',
  'hello@wheelhouse.example',
  'z.B. morgen, e.g. at 8 a.m., i.d.R. 1.299,00 € on 31.03.2027.',
])('email.html-safe accepts %s', (words) => {
  const change = (email: Email) => ({ text: `${email.text}${words}\n` });
  expect(judge(htmlSafe, withFirst(campaign, change))).toMatchObject({ outcome: 'pass' });
});

test.each([
  'Get your free iPhone',
  'Lowest price in Europe',
  'Doctor recommended cure',
  'Totally free forever',
])('an edited call to action "%s" does not get past the gate', (text) => {
  const { strategy } = fixture.confirmation;
  const callToAction = { text, traces: ['call-to-action'] };
  const confirmation = { ...fixture.confirmation, strategy: { ...strategy, callToAction } };
  const edited = written({ ...fixture, confirmation });
  const answers = [claimsTraced, untracedSentences].map((check) => judge(check, edited));
  expect(answers.some(({ outcome }) => outcome === 'fail')).toBe(true);
});

test('a plain call to action gets past the gate', () => {
  const { strategy } = fixture.confirmation;
  const callToAction = { text: 'Find out more', traces: ['call-to-action'] };
  const confirmation = { ...fixture.confirmation, strategy: { ...strategy, callToAction } };
  const edited = written({ ...fixture, confirmation });
  for (const check of [claimsTraced, untracedSentences])
    expect(judge(check, edited)).toMatchObject({ outcome: 'pass' });
});
