import { describe, expect, test } from 'vitest';

import type { Email } from '../artifact.ts';
import { bicycles } from '../fixtures/campaigns.ts';
import { judge, withFirst, written } from '../fixtures/judge.ts';
import { htmlSafe } from './html-safe.ts';
import { noPersonalData } from './no-personal-data.ts';

const english = written(bicycles());
const inHtml = (words: string) => (email: Email) => ({
  html: email.html.replace('</body>', `${words}</body>`),
});
const inText = (words: string) => (email: Email) => ({ text: `${email.text}${words}\n` });

describe('email.html-safe', () => {
  test.each([
    ['a script', '<script>x()</script>'],
    ['a script in an Outlook comment', '<!--[if mso]><script>x()</script><![endif]-->'],
    ['an event handler', '<p onclick="x()">Go</p>'],
    ['an event handler in capitals', '<p ONCLICK="x()">Go</p>'],
    ['a javascript link', '<a href="javascript:x()">Go</a>'],
    ['a javascript link with a tab', '<a href="java&#9;script:x()">Go</a>'],
    ['a data link', '<a href="data:text/html,x">Go</a>'],
    ['a link to nowhere in the requirements', '<a href="https://elsewhere.example/">Go</a>'],
    [
      'a look-alike of a held link',
      '<a href="https://wheelhouse.example.evil.example/pass">Go</a>',
    ],
    [
      'credentials before the host',
      '<a href="https://wheelhouse.example@evil.example/pass">Go</a>',
    ],
    ['a link without https', '<a href="http://wheelhouse.example/pass">Go</a>'],
    ['a link to someone else', '<a href="mailto:x@evil.example">Go</a>'],
    ['a form', '<form action="https://wheelhouse.example/pass"><input></form>'],
    ['a frame', '<iframe src="https://wheelhouse.example/pass"></iframe>'],
    ['a tracking image', '<img src="https://wheelhouse.example/pass" width="1" height="1">'],
    ['a background image', '<p style="background:url(https://evil.example/x)">Go</p>'],
    ['an imported style sheet', '<style>@import "https://evil.example/x.css";</style>'],
    ['a style sheet of another kind', '<style>.ink{color:#ffffff}</style>'],
    ['an escaped url', '<p style="background:u\\72l(x)">Go</p>'],
    ['an inline drawing', '<svg onload="x()"></svg>'],
    ['a base address', '<base href="https://evil.example/">'],
    ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example/">'],
    ['an object', '<object data="x"></object>'],
    ['hidden text', '<p style="display:none">More</p>'],
    ['a label that says something else', '<p title="More">Go</p>'],
    ['an unknown merge field', '<p>{{password}}</p>'],
    ['a link made of a merge field and more', '<a href="{{cta_url}}.evil.example">Go</a>'],
  ])('refuses %s', (_, words) => {
    const answer = judge(htmlSafe, withFirst(english, inHtml(words)));
    expect(answer).toMatchObject({ outcome: 'fail' });
    expect(answer.message).toContain('step-1-commuters');
  });

  test('refuses an address in the text that the requirements do not hold', () => {
    expect(judge(htmlSafe, withFirst(english, inText('https://elsewhere.example/')))).toMatchObject(
      { outcome: 'fail' },
    );
  });

  test('refuses merge fields that are not declared', () => {
    expect(
      judge(
        htmlSafe,
        withFirst(english, () => ({ mergeFields: ['first_name'] })),
      ),
    ).toMatchObject({ outcome: 'fail' });
  });

  test('refuses a page in another language than the email', () => {
    const change = (email: Email) => ({
      html: email.html.replace('<html lang="en"', '<html lang="de"'),
    });
    expect(judge(htmlSafe, withFirst(english, change))).toMatchObject({ outcome: 'fail' });
  });
});

describe('email.no-personal-data', () => {
  test('refuses the mark of an identifier that was left out', () => {
    const answer = judge(noPersonalData, withFirst(english, inText('Pay with [withheld] now.')));
    expect(answer).toMatchObject({ outcome: 'fail' });
  });

  test.each([
    ['social security number', '078-05-1120'],
    ['payment card number', '4111 1111 1111 1111'],
    ['payment card number', '4111.1111.1111.1111'],
    ['bank account number', 'DE89 3704 0044 0532 0130 00'],
    ['bank account number', 'gb82west12345698765432'],
    ['record number', 'MRN: 00482913'],
    ['record number', 'Patientennummer 4711008'],
    ['email address', 'jo.doe@elsewhere.example'],
    ['telephone number', '+49 170 5550199'],
    ['telephone number', '0421 555 0199'],
    ['telephone number', '(212) 555-0199'],
    ['telephone number', '0171/1234567'],
    ['bank account number', 'DE89.3704.0044.0532.0130.00'],
    ['bank account number', 'DE89 3704|0044 0532|0130 00'],
    ['payment card number', '4111,1111,1111,1111'],
    ['payment card number', '4111:1111:1111:1111'],
    ['payment card number', '4111 (1111) 1111 1111'],
    ['payment card number', '④①①① ①①①① ①①①① ①①①①'],
    ['payment card number', '➍111 1111 1111 1111'],
    ['social security number', '078/05/1120'],
    ['social security number', '078_05_1120'],
    ['social security number', '078·05·1120'],
    ['social security number', 'SSN# 078 051120'],
    ['social security number', 'SSN 07805 1120'],
    ['social security number', 'SSN (078) 05-1120'],
    ['record number', 'M.R.N. 4455667'],
    ['record number', 'hospital number 99887766'],
    ['record number', 'chart 4455667'],
    ['record number', 'insurance policy A123456789'],
    ['date of birth', 'born in March, 12th 1980'],
    ['email address', 'jane.sample (at) private.example.com'],
  ])('refuses a %s and does not repeat it', (kind, value) => {
    for (const change of [
      inText(value),
      inHtml(`<p>${value.slice(0, 5)}<b>${value.slice(5)}</b></p>`),
      inHtml(`<!-- ${value} -->`),
    ]) {
      const answer = judge(noPersonalData, withFirst(english, change));
      expect(answer).toMatchObject({ outcome: 'fail' });
      expect(answer.message).toContain(`step-1-commuters (${kind}`);
      expect(answer.message).not.toContain(value);
    }
  });

  test.each([
    'hello@wheelhouse.example',
    '31 March 2027',
    '2027-03-15',
    '01.03.2027',
    '€ 1.299,00',
    '01-03-2027',
    'loans: 800, 12,000 titles, 40 euros, 1,500 sets',
    '1234 5678 9012 3456',
    '666-12-3456',
  ])('accepts %s', (value) => {
    expect(judge(noPersonalData, withFirst(english, inText(value)))).toMatchObject({
      outcome: 'pass',
    });
  });

  test('stays quick on hostile input', () => {
    const hostile = `${'1 '.repeat(20_000)}${'a@'.repeat(20_000)}${'de12 '.repeat(10_000)}`;
    const started = performance.now();
    judge(noPersonalData, withFirst(english, inText(hostile)));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
